/* lib/matter/publication_records.c - the field tables of what catalogue.h says about publication. */
#include "matter/publication.h"

static const gs_name drift_names[] = {{GOVSVC_DRIFT_MISSING, "missing", "缺少"},
                                      {GOVSVC_DRIFT_EXTRA, "extra", "多余"},
                                      {GOVSVC_DRIFT_STATE, "state", "状态不同"},
                                      {GOVSVC_DRIFT_CONTENT, "content", "内容不同"},
                                      {0, NULL, NULL}};

#define PUBLICATION_FIELDS(T, F)                                                                             \
    F(T, INT, position, "日志序号")                                                                          \
    F(T, ID, id, "标识")                                                                                     \
    F(T, INT, version, "版本")                                                                               \
    F(T, NAME, state, "事项状态", .names = gs_matter_state_names)                                            \
    F(T, TIME, published_at, "发布时间")                                                                     \
    F(T, TIME, ended_at, "停用时间")                                                                         \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, TEXT, name, "事项名称", .max = 1000)                                                                \
    F(T, TEXT, digest, "内容摘要")                                                                           \
    F(T, TEXT, content, "内容", .max = GS_CONTENT_MAX)
GS_RECORD(gs_record_publication, govsvc_publication, "publication", "同源发布", PUBLICATION_FIELDS)

#define PUBLICATION_REQUEST_FIELDS(T, F)                                                                     \
    F(T, INT, after_position, "从该序号之后")                                                                \
    F(T, INT, limit, "条数", .least = 1, .most = 1000)                                                       \
    F(T, TEXT, after, "从该事项之后")                                                                        \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_publication_request, govsvc_publication_request, "publication_request", "同源发布查询",
          PUBLICATION_REQUEST_FIELDS)

#define PUBLICATION_PAGE_FIELDS(T, F)                                                                        \
    F(T, INT, position, "日志序号")                                                                          \
    F(T, FLAG, more, "还有")                                                                                 \
    F(T, LIST, publications, "事项", .of = &gs_record_publication, .max = 1000,                              \
      .count = offsetof(T, publication_count))                                                               \
    F(T, TEXT, next, "下一页")
GS_RECORD(gs_record_publication_page, govsvc_publication_page, "publication_page", "同源发布",
          PUBLICATION_PAGE_FIELDS)

#define DIGEST_REQUEST_FIELDS(T, F)                                                                          \
    F(T, INT, parts, "分段数", .least = 1, .most = GS_PARTS_MAX)                                             \
    F(T, FLAG, stored, "以发布时的摘要计")                                                                   \
    F(T, TEXT, above, "大于该编码")                                                                          \
    F(T, TEXT, to, "至该编码")
GS_RECORD(gs_record_digest_request, govsvc_digest_request, "digest_request", "摘要查询",
          DIGEST_REQUEST_FIELDS)

#define DIGEST_PART_FIELDS(T, F)                                                                             \
    F(T, INT, count, "件数")                                                                                 \
    F(T, TEXT, above, "大于该编码")                                                                          \
    F(T, TEXT, to, "至该编码")                                                                               \
    F(T, TEXT, digest, "摘要")                                                                               \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_digest_part, govsvc_digest_part, "digest_part", "分段摘要", DIGEST_PART_FIELDS)

#define DIGEST_FIELDS(T, F)                                                                                  \
    F(T, INT, count, "件数")                                                                                 \
    F(T, TEXT, digest, "摘要")                                                                               \
    F(T, NONE, reserved, "")                                                                                 \
    F(T, LIST, parts, "分段", .of = &gs_record_digest_part, .max = GS_PARTS_MAX,                             \
      .count = offsetof(T, part_count))                                                                      \
    F(T, NONE, reserved_list, "")
GS_RECORD(gs_record_digest, govsvc_digest, "digest", "摘要", DIGEST_FIELDS)

#define COPY_FIELDS(T, F)                                                                                    \
    F(T, INT, version, "版本", .need = true)                                                                 \
    F(T, NAME, state, "事项状态", .need = true, .names = gs_matter_state_names)                              \
    F(T, TEXT, code, "实施编码", .need = true)                                                               \
    F(T, TEXT, digest, "内容摘要", .need = true, .max = 64)
GS_RECORD(gs_record_matter_copy, govsvc_copy, "copy", "副本", COPY_FIELDS)

#define COMPARE_REQUEST_FIELDS(T, F)                                                                         \
    F(T, TEXT, above, "大于该编码")                                                                          \
    F(T, TEXT, to, "至该编码")                                                                               \
    F(T, LIST, copies, "副本", .of = &gs_record_matter_copy, .max = GS_COPIES_MAX,                           \
      .count = offsetof(T, copy_count))                                                                      \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_compare_request, govsvc_compare_request, "compare_request", "副本核对",
          COMPARE_REQUEST_FIELDS)

#define DRIFT_FIELDS(T, F)                                                                                   \
    F(T, NAME, kind, "差异", .names = drift_names)                                                           \
    F(T, INT, version, "版本")                                                                               \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, TEXT, digest, "内容摘要")
GS_RECORD(gs_record_drift, govsvc_drift, "drift", "差异", DRIFT_FIELDS)

#define COMPARISON_FIELDS(T, F)                                                                              \
    F(T, INT, equal, "相同件数")                                                                             \
    F(T, FLAG, cut, "差异过多")                                                                              \
    F(T, LIST, drifts, "差异", .of = &gs_record_drift, .max = GS_COPIES_MAX,                                 \
      .count = offsetof(T, drift_count))                                                                     \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_comparison, govsvc_comparison, "comparison", "核对结果", COMPARISON_FIELDS)
