/* tests/fuzz/call.c - the JSON call: a first line with the name of an operation, then its input. $1, $2 ...
 * in the input stand for the identifiers of cases that are there, in different states. Every call is undone. */
#include "fuzz.h"

#include <jansson.h>

enum { CASES = 6, IN_MAX = 1 << 16 };

static govsvc_session *session;
static char ids[CASES][24];

static void do_call(const char *operation, const char *in, char id[24])
{
    const char *out = NULL;
    MUST(govsvc_call(session, operation, in, &out) == GOVSVC_OK);
    MUST(sscanf(out, "{\"id\":\"%23[0-9]", id) == 1);
    govsvc_free(out);
}

static void step(const char *action, const char *more, int which)
{
    char operation[64], in[256], same[24];
    snprintf(operation, sizeof operation, "application.%s", action);
    snprintf(in, sizeof in, "{\"id\":\"%s\"%s}", ids[which], more);
    do_call(operation, in, same);
}

/* A published matter, and cases from submitted to in review. */
static void begin(void)
{
    static const char matter[] =
        "{\"version\":1,\"type\":\"licence\",\"level\":\"county\",\"project_type\":\"promised\","
        "\"statutory_basis\":\"行政许可法 第四十二条\",\"unverified\":[\"bases\"],"
        "\"statutory_amount\":20,\"statutory_unit\":\"working_days\",\"code\":\"" FUZZ_MATTER
        "\",\"name\":\"食品经营许可\",\"organ\":\"" FUZZ_ORGAN "\",\"organ_name\":\"某局\","
        "\"division\":\"450103\",\"bases\":[{\"law\":\"食品安全法\"}],\"special_procedures\":"
        "[{\"kind\":\"hearing\"}],\"materials\":[{\"code\":\"M1\",\"name\":\"申请书\","
        "\"need\":\"required\"}],\"situations\":[{\"code\":\"kind\",\"question\":\"?\",\"choices\":["
        "{\"value\":\"a\",\"label\":\"a\"},{\"value\":\"b\",\"label\":\"b\"}]}],\"fields\":["
        "{\"name\":\"area\",\"label\":\"x\",\"type\":\"decimal\",\"least\":0},"
        "{\"name\":\"born\",\"label\":\"z\",\"type\":\"date\"},"
        "{\"name\":\"shop\",\"label\":\"y\",\"type\":\"text\",\"pattern\":\"[a-z0-9]{1,9}\","
        "\"when\":[\"kind=a\"]}],\"criteria\":[{\"purpose\":\"acceptance\",\"operation\":\"at_least\","
        "\"code\":\"C1\",\"field\":\"area\",\"message\":\"m\",\"values\":[\"8.5\"]},"
        "{\"purpose\":\"acceptance\",\"operation\":\"at_most\",\"code\":\"C2\",\"field\":\"born\","
        "\"message\":\"m\",\"values\":[\"today-18y\"]}]}";
    static const char submission[] =
        "{\"applicant_kind\":\"natural_person\",\"channel\":\"web\",\"matter\":\"" FUZZ_MATTER
        "\",\"applicant_name\":\"张三丰\",\"applicant_id\":\"11010519491231002X\","
        "\"materials\":[{\"code\":\"M1\"}]}";
    char in[64], same[24];
    session = fuzz_open();
    do_call("matter.put", matter, ids[0]);
    snprintf(in, sizeof in, "{\"id\":\"%s\"}", ids[0]);
    do_call("matter.review", in, same);
    do_call("matter.publish", in, same);
    for (int i = 1; i < CASES; i++)
        do_call("application.submit", submission, ids[i]);
    for (int i = 2; i < CASES; i++)
        step("receive", "", i);
    for (int i = 4; i < CASES; i++)
        step("accept", "", i);
    step("request_correction", ",\"items\":[{\"code\":\"M1\",\"requirement\":\"缺签字\"}]", 3);
    step("review", "", 5);
}

/* The input with identifiers for $0 to $5; NULL: it is too long. */
static char *with_ids(const char *text)
{
    char *in = malloc(IN_MAX);
    size_t size = 0;
    MUST(in != NULL);
    for (; *text && size + sizeof ids[0] < IN_MAX; text++) {
        if (text[0] == '$' && text[1] >= '0' && text[1] < '0' + CASES)
            size += (size_t)sprintf(in + size, "%s", ids[*++text - '0']);
        else
            in[size++] = *text;
    }
    in[size] = '\0';
    return in;
}

static void call_undone(const char *operation, const char *in)
{
    const char *out = NULL;
    MUST(govsvc_batch_begin(session) == GOVSVC_OK);
    govsvc_status status = govsvc_call(session, operation, in, &out);
    fuzz_answered(session, status);
    MUST((status == GOVSVC_OK) == (out != NULL));
    json_t *tree = out ? json_loads(out, JSON_REJECT_DUPLICATES, NULL) : NULL;
    MUST(!out || tree);
    json_decref(tree);
    govsvc_free(out);
    govsvc_batch_rollback(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!session)
        begin();
    char *text = fuzz_text(data, size), *line = strchr(text, '\n');
    if (line) {
        *line = '\0';
        char *in = with_ids(line + 1);
        call_undone(text, in);
        free(in);
    }
    free(text);
    return 0;
}
