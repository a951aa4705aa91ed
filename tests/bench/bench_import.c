/* tests/bench/bench_import.c - how fast matters are taken in, and what that and an open store take of memory.
 *
 *     bench-import [directory [matters]]
 *
 * The matters are made as they are read, as XML with the elements, materials, fields, conditions and stages of
 * a real one; every thousandth commit is flushed. Beside it, in the same run: the same bytes through libxml2
 * alone, and one INSERT of as many bytes for each matter by hand, in the same groups and as durable. Then the
 * same document again, which changes nothing. Uses the public headers alone.
 */
#include <libxml/parser.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store.h"

enum { BATCH = 1000, OPENED = 10000 };

/* Of this process: VmRSS or VmHWM, in KB. */
static long memory(const char *name)
{
    char line[200];
    long kb = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0)
            kb = atol(line + strlen(name) + 1);
    if (file)
        fclose(file);
    return kb;
}

static void die(const char *what, govsvc_status status)
{
    fprintf(stderr, "bench-import: %s: %s\n", what, govsvc_status_name(status));
    exit(1);
}

/* ---- matters ----------------------------------------------------------------------------------------- */

/* Alphabet and weights of GB 32100, to make organs' codes that are valid in form. */
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static void organ_code(long number, char out[19])
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0, weight = 1;
    char body[12];
    snprintf(body, sizeof body, "%08d", (int)(number % 100000000));
    for (int i = 0; i < 8; i++)
        sum += (body[i] - '0') * weights[i];
    int check = 11 - sum % 11;
    snprintf(out, 19, "11450103%.8s%c", body, check == 10 ? 'X' : check == 11 ? '0' : '0' + check);
    sum = 0;
    for (int i = 0; i < 17; i++, weight = weight * 3 % 31)
        sum += (int)(strchr(alphabet, out[i]) - alphabet) * weight;
    out[17] = alphabet[(31 - sum % 31) % 31];
    out[18] = '\0';
}

/* A hundred matters a body. */
static int write_matter(char *out, size_t size, long number)
{
    char organ[19];
    organ_code(number / 100 + 1, organ);
    return snprintf(
        out, size,
        "<matter><code>%s4450131%03ld000</code><basic_code>450131%03ld000</basic_code><version>1</version>"
        "<name>第%03ld号食品经营许可</name><type>licence</type><level>county</level><division>450103</"
        "division>"
        "<organ>%s</organ><organ_name>南宁市青秀区第%ld局</organ_name><project_type>promised</project_type>"
        "<review_kind>later</review_kind><statutory_amount>20</statutory_amount>"
        "<statutory_unit>working_days</statutory_unit><statutory_basis>行政许可法 "
        "第四十二条</statutory_basis>"
        "<promised_amount>10</promised_amount><promised_unit>working_days</promised_unit><visits>0</visits>"
        "<fee>false</fee><online>true</online><in_hall>true</in_hall><booking>true</booking>"
        "<conditions>具有与经营的食品品种、数量相适应的场所、设备、人员和食品安全管理制度。</conditions>"
        "<procedure>申请—受理—审查—决定—颁发送达</procedure><place>南宁市青秀区政务服务中心 %ld "
        "号窗口</place>"
        "<hours>工作日 9:00-12:00，13:00-17:00</hours><consult>0771-0000001</consult>"
        "<complain>0771-0000002</complain><result_name>食品经营许可证</result_name>"
        "<result_kind>certificate</result_kind>"
        "<subjects><item>natural_person</item><item>enterprise</item></subjects>"
        "<handle_forms><item>window</item><item>online</item></handle_forms>"
        "<bases><legal_basis><law>《中华人民共和国行政许可法》</law><article>第四十二条</article></"
        "legal_basis></bases>"
        "<materials>"
        "<material><code>M1</code><name>申请书</name><need>required</need><source>applicant</source>"
        "<form>either</form><copies>1</copies></material>"
        "<material><code>M2</code><name>营业执照</name><need>required</need><source>certificate</source>"
        "<form>electronic</form><canonical>CL-002</canonical></material>"
        "<material><code>M3</code><name>场所布局和操作流程图</name><need>later</need><source>applicant</"
        "source>"
        "<form>either</form><copies>1</copies></material></materials>"
        "<fields>"
        "<form_field><name>shop</name><label>店名</label><type>text</type><required>true</required>"
        "<element>DE-001</element></form_field>"
        "<form_field><name>area</name><label>面积（平方米）</label><type>integer</type><required>true</"
        "required>"
        "<least>1</least><most>100000</most><element>DE-002</element></form_field></fields>"
        "<criteria><criterion><code>C1</code><purpose>acceptance</purpose><operation>at_least</operation>"
        "<field>area</field><message>面积不少于 8 "
        "平方米</message><values><item>8</item></values></criterion></criteria>"
        "<stages><stage><code>S1</code><kind>accept</kind><name>受理</name></stage>"
        "<stage><code>S2</code><kind>review</kind><name>审查</name></stage>"
        "<stage><code>S3</code><kind>decide</kind><name>决定</name></stage>"
        "<stage><code>S4</code><kind>close</kind><name>办结</name></stage>"
        "<stage><code>S5</code><kind>deliver</kind><name>送达</name></stage></stages>"
        "</matter>\n",
        organ, number % 100 + 1, number % 100 + 1, number % 1000, organ, number / 100, number % 40);
}

/* The document, as it is read. */
typedef struct source {
    long count, next;
    size_t at, size;
    long long given;
    char text[8000];
} source;

static int64_t read_matters(void *context, void *bytes, size_t size)
{
    source *from = context;
    if (from->at == from->size) {
        int written = from->next < 0              ? snprintf(from->text, sizeof from->text, "<matters>\n")
                      : from->next < from->count  ? write_matter(from->text, sizeof from->text, from->next)
                      : from->next == from->count ? snprintf(from->text, sizeof from->text, "</matters>\n")
                                                  : 0;
        from->size = (size_t)written, from->at = 0, from->next++;
    }
    size_t give = from->size - from->at < size ? from->size - from->at : size;
    memcpy(bytes, from->text + from->at, give);
    from->at += give, from->given += (long long)give;
    return (int64_t)give;
}

static source new_source(long count)
{
    return (source){.count = count, .next = -1};
}

/* ---- the library ------------------------------------------------------------------------------------- */

static void tell_rejected(void *context, int64_t line, const govsvc_problem_list *problems)
{
    (void)context;
    fprintf(stderr, "line %lld: %s\n", (long long)line, problems->problems[0]->text_en);
}

/* Matters a second. */
static double take_in(govsvc_session *session, long count, int64_t expected_unchanged)
{
    source from = new_source(count);
    const govsvc_import_report *report = NULL;
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    request.read = read_matters, request.read_context = &from, request.reject = tell_rejected;
    double begun = seconds();
    govsvc_status status = govsvc_import(session, &request, &report);
    double took = seconds() - begun;
    if (status || report->unchanged != expected_unchanged || report->added + report->unchanged != count)
        die("import", status);
    govsvc_free(report);
    return (double)count / took;
}

/* ---- beside it --------------------------------------------------------------------------------------- */

static double parse_alone(long count)
{
    static xmlSAXHandler nothing = {.initialized = XML_SAX2_MAGIC};
    source from = new_source(count);
    char bytes[16384];
    double begun = seconds();
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&nothing, NULL, NULL, 0, NULL);
    for (int64_t size; (size = read_matters(&from, bytes, sizeof bytes)) > 0;)
        xmlParseChunk(parser, bytes, (int)size, 0);
    xmlParseChunk(parser, bytes, 0, 1);
    xmlFreeParserCtxt(parser);
    return (double)count / (seconds() - begun);
}

static double insert_alone(const char *path, long count)
{
    char text[8000];
    sqlite3 *store;
    sqlite3_stmt *insert;
    if (sqlite3_open(path, &store))
        die("by hand", GOVSVC_UNAVAILABLE);
    sqlite3_exec(
        store,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8192; "
        "PRAGMA wal_autocheckpoint=4000; CREATE TABLE matter (id INTEGER PRIMARY KEY, "
        "code TEXT, content TEXT, UNIQUE (code))",
        NULL, NULL, NULL);
    sqlite3_prepare_v2(store, "INSERT INTO matter (code, content) VALUES (?, ?)", -1, &insert, NULL);
    double begun = seconds();
    for (long i = 0; i < count; i++) {
        int size = write_matter(text, sizeof text, i);
        if (i % BATCH == 0)
            sqlite3_exec(store, i ? "COMMIT; BEGIN" : "BEGIN", NULL, NULL, NULL);
        sqlite3_bind_text(insert, 1, text + 14, 31, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, text, size, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            die("by hand", GOVSVC_EXISTS);
        sqlite3_reset(insert);
    }
    sqlite3_exec(store, "COMMIT", NULL, NULL, NULL);
    double took = seconds() - begun;
    sqlite3_finalize(insert);
    sqlite3_close(store);
    return (double)count / took;
}

/* ---- memory ------------------------------------------------------------------------------------------ */

/* In a process of its own: a store is opened and every 50th of its matters read. */
static long opened(const char *path, long count)
{
    int ends[2];
    long kb = 0;
    if (pipe(ends))
        die("pipe", GOVSVC_UNAVAILABLE);
    pid_t child = fork();
    if (child == 0) {
        govsvc *gs = open_store(path);
        govsvc_session *session = open_session(gs);
        for (long i = 0; i < count; i += 50) {
            char organ[19], code[64];
            organ_code(i / 100 + 1, organ);
            snprintf(code, sizeof code, "%s4450131%03ld000", organ, i % 100 + 1);
            govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
            get.number = code;
            const govsvc_matter *matter = NULL;
            govsvc_status status = govsvc_matter_get(session, &get, &matter);
            if (status)
                die("get", status);
            govsvc_free(matter);
        }
        kb = memory("VmRSS");
        _exit(write(ends[1], &kb, sizeof kb) == sizeof kb ? 0 : 1);
    }
    if (read(ends[0], &kb, sizeof kb) != sizeof kb)
        die("memory", GOVSVC_UNAVAILABLE);
    waitpid(child, NULL, 0);
    return kb;
}

static void path_in(char out[300], const char *directory, const char *name)
{
    snprintf(out, 300, "%s/bench-import-%s.db", directory, name);
    remove_store(out);
}

static void measure_memory(const char *directory)
{
    char path[300];
    path_in(path, directory, "opened");
    govsvc_close(open_store(path));
    long empty = opened(path, 0);
    govsvc *gs = open_store(path);
    govsvc_session *session = open_session(gs);
    take_in(session, OPENED, 0);
    govsvc_session_close(session);
    govsvc_close(gs);
    long full = opened(path, OPENED);
    printf("memory of a process with a store open: empty %.1f MB, with %d matters, of which it read 200, "
           "%.1f MB: "
           "%.1f MB more\n",
           (double)empty / 1024, OPENED, (double)full / 1024, (double)(full - empty) / 1024);
    path_in(path, directory, "opened");
}

int main(int argc, char **argv)
{
    const char *directory = argc > 1 ? argv[1] : ".";
    long count = argc > 2 ? atol(argv[2]) : 200000;
    char path[300];
    setvbuf(stdout, NULL, _IOLBF, 0);
    measure_memory(directory);

    printf("libxml2 alone: %.0f matters/s\n", parse_alone(count));
    path_in(path, directory, "hand");
    printf("one INSERT each by hand: %.0f matters/s\n", insert_alone(path, count));
    path_in(path, directory, "hand");

    path_in(path, directory, "ours");
    govsvc *gs = open_store(path);
    govsvc_session *session = open_session(gs);
    take_in(session, 1000, 0);
    long before = memory("VmHWM");
    double first = take_in(session, count, 1000);
    long after = memory("VmHWM");
    printf("imported %ld matters: %.0f matters/s, memory %+.1f MB\n", count, first,
           (double)(after - before) / 1024);
    printf("once more, nothing to change: %.0f matters/s\n", take_in(session, count, count));
    govsvc_session_close(session);
    govsvc_close(gs);
    path_in(path, directory, "ours");
    return 0;
}
