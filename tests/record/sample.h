/* tests/record/sample.h - a record with a field of every kind, and one that its list holds. */
#ifndef TESTS_RECORD_SAMPLE_H
#define TESTS_RECORD_SAMPLE_H

#include "govsvc/codes.h"
#include "record/record.h"

typedef struct sample_part {
    uint64_t struct_size;
    int64_t copies;
    const char *name;
    const char *note; /* came with the second version */
} sample_part;

#define SAMPLE_PART_FIELDS(T, F)                                                                             \
    F(T, INT, copies, "份数", .least = 0, .most = 99)                                                        \
    F(T, TEXT, name, "名称", .need = true, .max = 20)                                                        \
    F(T, TEXT, note, "备注", .lines = true)
GS_RECORD(sample_part_record, sample_part, "part", "部件", SAMPLE_PART_FIELDS, .first_size = offsetof(sample_part, note))

typedef struct sample {
    uint64_t struct_size;
    int64_t id;
    int64_t fee;
    int64_t shift;
    int64_t due_at;
    int64_t urgent;
    int64_t level;
    const char *title;
    const char *holder;
    const char *citizen;
    const char *born_on;
    const char *form;
    const char *const *tags;
    const sample_part *const *parts;
    const void *reserved;
    uint64_t tag_count;
    uint64_t part_count;
    int64_t added; /* came with the second version */
} sample;

static const gs_name sample_levels[] = {{1, "province", "省级"}, {2, "city", "市级"}, {0, NULL, NULL}};

#define SAMPLE_FIELDS(T, F)                                                                                  \
    F(T, ID, id, "标识")                                                                                     \
    F(T, INT, fee, "费用")                                                                                   \
    F(T, INT, shift, "偏移", .least = -5, .most = 5)                                                         \
    F(T, TIME, due_at, "期限")                                                                               \
    F(T, FLAG, urgent, "加急")                                                                               \
    F(T, NAME, level, "层级", .names = sample_levels)                                                        \
    F(T, TEXT, title, "标题", .need = true, .max = 10)                                                       \
    F(T, TEXT, holder, "姓名", .level = 3, .mask = GS_MASK_NAME)                                             \
    F(T, TEXT, citizen, "身份证号", .level = 3, .mask = GS_MASK_NUMBER, .code = GOVSVC_CODE_CITIZEN_ID)      \
    F(T, DATE, born_on, "出生日期", .level = 3)                                                              \
    F(T, JSON, form, "表单", .max = 1000)                                                                    \
    F(T, TEXTS, tags, "标签", .max = 3, .count = offsetof(T, tag_count))                                     \
    F(T, LIST, parts, "部件", .max = 4, .of = &sample_part_record, .count = offsetof(T, part_count))         \
    F(T, NONE, reserved, "保留")                                                                             \
    F(T, INT, added, "新增")
GS_RECORD(sample_record, sample, "sample", "样本", SAMPLE_FIELDS, .first_size = offsetof(sample, added))

/* One of everything, and right. */
static const char sample_json[] =
    "{\"id\":\"9007199254740993\",\"fee\":0,\"shift\":-5,\"due_at\":\"2026-03-02T09:00:00+08:00\","
    "\"urgent\":false,\"level\":\"city\",\"title\":\"设立·𠮷\",\"holder\":\"张三丰\","
    "\"citizen\":\"11010519491231002X\",\"born_on\":\"1949-12-31\","
    "\"form\":{\"b\":[1,0.1,true,null,9223372036854775807],\"a\":\"x\\ny\"},\"tags\":[\"甲\",\"乙\"],"
    "\"parts\":[{\"copies\":2,\"name\":\"申请表\",\"note\":\"a\\n\\\"b\\\"\\\\\"},{\"name\":\"照片\"}],\"added\":7}";

#endif
