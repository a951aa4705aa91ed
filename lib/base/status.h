/* lib/base/status.h - the one table of statuses: number, name, words in Chinese and English. */
#ifndef GS_BASE_STATUS_H
#define GS_BASE_STATUS_H

#include "govsvc/base.h"

/* S(name, zh, en), in the order of their numbers from 0 */
#define GS_STATUSES(S)                                                                                       \
    S(OK, "成功", "done")                                                                                    \
    S(INVALID, "输入有误", "the input is wrong")                                                             \
    S(NOT_FOUND, "不存在或不在查看范围内", "not found, or not within reading scope")                         \
    S(DENIED, "没有所需的角色", "the actor lacks the role")                                                  \
    S(STATE, "当前状态下不能执行该操作", "the action is not possible in the present state")                  \
    S(CONFLICT, "已被他人修改，请重新读取", "changed by somebody else since it was read")                    \
    S(KEY_REUSED, "请求键已用于另一内容的请求", "the request key was used with another body")                \
    S(EXISTS, "必须唯一的值已存在", "a value that must be unique is taken")                                  \
    S(TOO_LARGE, "超出上限", "more than the limit")                                                          \
    S(BUSY, "存储被占用，请重试", "the store is held by another process")                                    \
    S(FULL, "存储空间已满", "no room left in the store")                                                     \
    S(READ_ONLY, "存储只读", "the store cannot be written")                                                  \
    S(UNAVAILABLE, "存储不可用", "the store cannot be reached")                                              \
    S(UNKNOWN, "提交结果未知，请用同一请求键重试", "the commit's fate is unknown; repeat with the same key") \
    S(CORRUPT, "存储损坏", "the store is damaged")                                                           \
    S(FOREIGN, "不是本库的存储", "not a store of this library")                                              \
    S(FORMAT, "存储格式比本库新", "the store's format is newer than this library")                           \
    S(UNSUPPORTED, "不支持", "not supported")                                                                \
    S(NO_MEMORY, "内存不足", "out of memory")                                                                \
    S(MISUSE, "调用方式有误", "the call is wrong")                                                           \
    S(CANCELLED, "已由宿主取消", "cancelled by the host")                                                    \
    S(CLOCK, "时钟早于已有记录", "the clock is behind what is on record")                                    \
    S(INTERNAL, "库内部缺陷", "a defect of the library")                                                     \
    S(NOT_COMPETENT, "不属于本机关职权", "not for this organ to do")                                         \
    S(NO_MANDATE, "没有有效的授权委托", "no mandate in force")                                               \
    S(TAKEN, "已由他人办理", "somebody else did it first")

#endif
