/* tests/bench/bench_find.c - how long it takes to find a matter among many.
 *
 *     bench-find [directory [matters [names]]]
 *
 * A store of so many effective matters with so many different names, each held by bodies of other divisions as in
 * a region whose matters are claimed. Every name is put and published through the library; its other bodies'
 * rows are then copied by SQLite itself, which only the benchmark may do. Queries of ten classes are asked in
 * turn, and their medians and 99th percentiles told; beside them, in the same run, what a program by hand would
 * do: LIKE over all names. Uses the public headers, and SQLite.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store.h"

enum { ROUNDS = 250, BATCH = 1000, TEXT = 400, LIKE_ROUNDS = 20 };

typedef struct word {
    const char *text, *pinyin, *initials;
} word;

static const word fields[] = {{"食品", "shipin", "sp"},
                              {"药品", "yaopin", "yp"},
                              {"医疗器械", "yiliaoqixie", "ylqx"},
                              {"化妆品", "huazhuangpin", "hzp"},
                              {"烟花爆竹", "yanhuabaozhu", "yhbz"},
                              {"危险化学品", "weixianhuaxuepin", "wxhxp"},
                              {"道路运输", "daoluyunshu", "dlys"},
                              {"水路运输", "shuiluyunshu", "slys"},
                              {"民办学校", "minbanxuexiao", "mbxx"},
                              {"幼儿园", "youeryuan", "yey"},
                              {"音乐", "yinyue", "yy"},
                              {"营业性演出", "yingyexingyanchu", "yyxyc"},
                              {"公共场所", "gonggongchangsuo", "ggcs"},
                              {"饮用水", "yinyongshui", "yys"},
                              {"排水", "paishui", "ps"},
                              {"建设工程", "jianshegongcheng", "jsgc"},
                              {"不动产", "budongchan", "bdc"},
                              {"林木", "linmu", "lm"},
                              {"种子", "zhongzi", "zz"},
                              {"农药", "nongyao", "ny"},
                              {"兽药", "shouyao", "sy"},
                              {"渔业", "yuye", "yy"},
                              {"会计", "kuaiji", "kj"},
                              {"银行账户", "yinhangzhanghu", "yhzh"},
                              {"长期护理", "changqihuli", "cqhl"},
                              {"养老服务", "yanglaofuwu", "ylfw"},
                              {"殡葬", "binzang", "bz"},
                              {"宗教活动", "zongjiaohuodong", "zjhd"},
                              {"社会组织", "shehuizuzhi", "shzz"},
                              {"人力资源", "renliziyuan", "rlzy"},
                              {"劳务派遣", "laowupaiqian", "lwpq"},
                              {"特种设备", "tezhongshebei", "tzsb"},
                              {"计量器具", "jiliangqiju", "jlqj"},
                              {"广告", "guanggao", "gg"},
                              {"旅行社", "lvxingshe", "lxs"},
                              {"出版物", "chubanwu", "cbw"},
                              {"印刷", "yinshua", "ys"},
                              {"网络", "wangluo", "wl"},
                              {"燃气", "ranqi", "rq"},
                              {"供热", "gongre", "gr"}};
static const word objects[] = {{"经营", "jingying", "jy"},
                               {"生产", "shengchan", "sc"},
                               {"批发", "pifa", "pf"},
                               {"零售", "lingshou", "ls"},
                               {"进口", "jinkou", "jk"},
                               {"单位", "danwei", "dw"},
                               {"人员资格", "renyuanzige", "ryzg"},
                               {"场所", "changsuo", "cs"},
                               {"设施", "sheshi", "ss"},
                               {"项目", "xiangmu", "xm"},
                               {"车辆", "cheliang", "cl"},
                               {"机构", "jigou", "jg"},
                               {"合同", "hetong", "ht"},
                               {"检验", "jianyan", "jy"},
                               {"质量", "zhiliang", "zl"},
                               {"安全", "anquan", "aq"},
                               {"从业", "congye", "cy"},
                               {"企业", "qiye", "qy"},
                               {"使用", "shiyong", "sy"},
                               {"运输", "yunshu", "ys"}};
static const word actions[] = {
    {"许可", "xuke", "xk"},     {"登记", "dengji", "dj"}, {"备案", "beian", "ba"},   {"核准", "hezhun", "hz"},
    {"变更", "biangeng", "bg"}, {"延续", "yanxu", "yx"},  {"注销", "zhuxiao", "zx"}, {"补发", "bufa", "bf"},
    {"认定", "rending", "rd"},  {"审批", "shenpi", "sp"}};
static const word kinds[] = {{"（新办）", "xinban", "xb"}, {"（一类）", "yilei", "yl"},
                             {"（二类）", "erlei", "el"},  {"（跨区域）", "kuaquyu", "kqy"},
                             {"（临时）", "linshi", "ls"}, {"", "", ""},
                             {"（电子）", "dianzi", "dz"}, {"（首次）", "shouci", "sc"}};
#define COUNT(list) (sizeof(list) / sizeof *(list))
enum { COMBINATIONS = COUNT(fields) * COUNT(objects) * COUNT(actions) * COUNT(kinds) };

/* Each number below COMBINATIONS is another name; they come in no order. */
static void parts_of(long number, const word *out[4])
{
    unsigned long n = (unsigned long)number * 7919UL % COMBINATIONS;
    out[0] = &fields[n % COUNT(fields)], n /= COUNT(fields);
    out[1] = &objects[n % COUNT(objects)], n /= COUNT(objects);
    out[2] = &actions[n % COUNT(actions)], n /= COUNT(actions);
    out[3] = &kinds[n % COUNT(kinds)];
}

static void name_of(long number, char out[TEXT])
{
    const word *parts[4];
    parts_of(number, parts);
    long more = number / COMBINATIONS;
    int size =
        snprintf(out, TEXT, "%s%s%s%s", parts[0]->text, parts[1]->text, parts[2]->text, parts[3]->text);
    if (more)
        snprintf(out + size, TEXT - (size_t)size, "第%ld项", more);
}

/* ---- the store --------------------------------------------------------------------------------------- */

static void publish(govsvc_session *session, long number)
{
    static const char *const unverified[] = {"bases", "statutory_basis"}, *const subjects[] = {"enterprise"};
    govsvc_legal_basis basis = GOVSVC_LEGAL_BASIS_INIT;
    const govsvc_legal_basis *bases[] = {&basis};
    govsvc_matter_draft draft = GOVSVC_MATTER_DRAFT_INIT;
    govsvc_step step = GOVSVC_STEP_INIT;
    const govsvc_matter *put = NULL;
    char name[TEXT], code[64];
    name_of(number, name);
    snprintf(code, sizeof code, "11450103XN0000012R44501%08ld", number);
    basis.law = "《中华人民共和国行政许可法》";
    draft.code = code, draft.name = name, draft.version = 1, draft.type = GOVSVC_MATTER_LICENCE;
    draft.level = GOVSVC_LEVEL_COUNTY, draft.project_type = GOVSVC_PROJECT_PROMISED;
    draft.statutory_amount = 20, draft.statutory_unit = GOVSVC_UNIT_WORKING_DAYS;
    draft.organ = "11450103XN0000012R", draft.organ_name = "南宁市青秀区市场监督管理局";
    draft.division = "450103", draft.bases = bases, draft.basis_count = 1;
    draft.unverified = unverified, draft.unverified_item_count = 2;
    draft.subjects = subjects, draft.subject_count = 1;
    if (govsvc_matter_put(session, &draft, &put) != GOVSVC_OK)
        must(false, govsvc_problem_at(session, 0)->text_en);
    step.id = put->id;
    govsvc_free(put);
    must(govsvc_matter_review(session, &step, NULL) == GOVSVC_OK, "not reviewed");
    must(govsvc_matter_publish(session, &step, NULL) == GOVSVC_OK, "not published");
}

static void publish_names(govsvc_session *session, long names)
{
    for (long i = 0; i < names; i++) {
        if (i % BATCH == 0)
            must(govsvc_batch_begin(session) == GOVSVC_OK, "no batch");
        publish(session, i);
        if (i % BATCH == BATCH - 1 || i == names - 1)
            must(govsvc_batch_commit(session) == GOVSVC_OK, "no commit");
    }
}

static char *columns_of(sqlite3 *db)
{
    static char columns[8000];
    sqlite3_stmt *statement;
    sqlite3_prepare_v2(db, "SELECT group_concat(name) FROM pragma_table_info('gs_matter')", -1, &statement,
                       NULL);
    must(sqlite3_step(statement) == SQLITE_ROW, "no columns");
    snprintf(columns, sizeof columns, "%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return columns;
}

static void replace(char *text, const char *what, const char *with)
{
    char copy[9000], *at = strstr(text, what);
    must(at != NULL, what);
    snprintf(copy, sizeof copy, "%.*s%s%s", (int)(at - text), text, with, at + strlen(what));
    strcpy(text, copy);
}

/* The other bodies: the same rows under other identifiers, codes and divisions of Guangxi's form. */
static void copy_bodies(const char *path, long copies)
{
    sqlite3 *db;
    char sql[20000], columns[9000];
    must(sqlite3_open(path, &db) == SQLITE_OK, "the file");
    sqlite3_exec(db, "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000", NULL, NULL, NULL);
    snprintf(columns, sizeof columns, ",%s,", columns_of(db));
    char *from = columns;
    replace(from, ",id,", ",id + n * 1000000000000000,");
    replace(from, ",code,", ",'11' || (450120 + n % 14 * 100 + n / 14) || substr(code, 9),");
    replace(from, ",division,", ",CAST(450120 + n % 14 * 100 + n / 14 AS TEXT),");
    from[strlen(from) - 1] = '\0';
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE bodies (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM bodies WHERE n < %ld) "
             "INSERT INTO "
             "gs_matter (%s) SELECT %s FROM bodies CROSS JOIN gs_matter WHERE id < %lld",
             copies, columns_of(db), from + 1, 1LL << 62);
    int code = copies > 0 ? sqlite3_exec(db, sql, NULL, NULL, NULL) : SQLITE_OK;
    must(code == SQLITE_OK, sqlite3_errmsg(db));
    sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
    sqlite3_close(db);
}

/* ---- queries ----------------------------------------------------------------------------------------- */

static uint32_t state = 1;
static uint32_t chance(uint32_t below)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

static long names_held;
static void any_parts(const word *out[4])
{
    parts_of((long)chance((uint32_t)names_held), out);
}

static void whole_name(char *out)
{
    name_of((long)chance((uint32_t)names_held), out);
}
static void common_word(char *out)
{
    strcpy(out, actions[chance(COUNT(actions))].text);
}
static void two_characters(char *out)
{
    const word *parts[4];
    any_parts(parts);
    snprintf(out, TEXT, "%.6s", parts[0]->text);
}
static void pinyin(char *out)
{
    const word *parts[4];
    any_parts(parts);
    strcpy(out, parts[0]->pinyin);
    if (chance(2))
        strcat(out, parts[1]->pinyin);
}
static void pinyin_cut_short(char *out)
{
    pinyin(out);
    out[strlen(out) - 1] = '\0';
}
static void initials(char *out)
{
    const word *parts[4];
    any_parts(parts);
    snprintf(out, TEXT, "%s%s", parts[0]->initials, parts[1]->initials);
}
static void two_words(char *out)
{
    const word *parts[4];
    any_parts(parts);
    snprintf(out, TEXT, "%s %s", parts[2]->text, parts[0]->text);
}
static void nothing(char *out)
{
    snprintf(out, TEXT, "%s星际旅行", fields[chance(COUNT(fields))].text);
}

static const struct {
    const char *name;
    void (*make)(char *out);
    bool division, second;
} classes[] = {{"whole name", whole_name, false, false},
               {"common word", common_word, false, false},
               {"two characters", two_characters, false, false},
               {"pinyin", pinyin, false, false},
               {"pinyin cut short", pinyin_cut_short, false, false},
               {"initials", initials, false, false},
               {"two words", two_words, false, false},
               {"in a division", two_words, true, false},
               {"second page", common_word, false, true},
               {"nothing", nothing, false, false}};

typedef struct asked {
    double took;
    uint64_t found;
    bool cut;
} asked;

static asked ask(govsvc_session *session, size_t class)
{
    char text[TEXT], next[200] = "", division[16];
    asked result = {0, 0, false};
    const govsvc_matter_page *page = NULL;
    govsvc_matter_query query = GOVSVC_MATTER_QUERY_INIT;
    classes[class].make(text);
    query.text = text;
    snprintf(division, sizeof division, "45%02u00", 1 + chance(14));
    query.division = classes[class].division ? division : NULL;
    for (int round = classes[class].second ? 0 : 1; round < 2; round++) {
        query.after = *next ? next : NULL;
        double begun = seconds();
        must(govsvc_matter_find(session, &query, &page) == GOVSVC_OK, "not found out");
        result.took = seconds() - begun;
        result.found = page->matter_count;
        result.cut = page->cut == GOVSVC_YES;
        snprintf(next, sizeof next, "%s", page->next ? page->next : "");
        govsvc_free(page);
    }
    return result;
}

static int compare_doubles(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static void tell(const char *name, double *times, size_t count, double found, double cut)
{
    qsort(times, count, sizeof *times, compare_doubles);
    printf("%-18s median %6.2f ms, 99th percentile %6.2f ms, worst %6.2f ms; %4.1f a page, cut %3.0f %%\n",
           name, times[count / 2] * 1e3, times[count * 99 / 100] * 1e3, times[count - 1] * 1e3,
           found / (double)count, 100 * cut / (double)count);
}

static void ask_all(govsvc_session *session)
{
    static double all[COUNT(classes) * ROUNDS], times[COUNT(classes)][ROUNDS];
    double found[COUNT(classes)] = {0}, cut[COUNT(classes)] = {0}, sum = 0, sum_cut = 0;
    size_t count = 0;
    for (size_t class = 0; class < COUNT(classes); class ++)
        ask(session, class);
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t class = 0; class < COUNT(classes); class ++) {
            asked one = ask(session, class);
            times[class][round] = all[count++] = one.took;
            found[class] += (double)one.found, cut[class] += one.cut;
        }
    for (size_t class = 0; class < COUNT(classes); class ++) {
        tell(classes[class].name, times[class], ROUNDS, found[class], cut[class]);
        sum += found[class], sum_cut += cut[class];
    }
    tell("all", all, count, sum, sum_cut);
}

/* What there is without an index: every row's name is looked at. */
static void ask_by_hand(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    double times[LIKE_ROUNDS], found = 0;
    char text[TEXT], like[TEXT + 2];
    must(sqlite3_open(path, &db) == SQLITE_OK, "the file");
    sqlite3_prepare_v2(
        db,
        "SELECT code, name, organ_name, division FROM gs_matter WHERE state = 'effective' AND name LIKE ? "
        "ORDER BY length(name), division, code LIMIT 20",
        -1, &statement, NULL);
    for (int i = 0; i < LIKE_ROUNDS; i++) {
        two_characters(text);
        snprintf(like, sizeof like, "%%%s%%", text);
        double begun = seconds();
        sqlite3_bind_text(statement, 1, like, -1, SQLITE_STATIC);
        while (sqlite3_step(statement) == SQLITE_ROW)
            found++;
        sqlite3_reset(statement);
        times[i] = seconds() - begun;
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    tell("by hand, LIKE", times, LIKE_ROUNDS, found, 0);
}

int main(int argc, char **argv)
{
    char path[300];
    long matters = argc > 2 ? atol(argv[2]) : 200000;
    names_held = argc > 3 ? atol(argv[3]) : 20000;
    snprintf(path, sizeof path, "%s/bench-find.db", argc > 1 ? argv[1] : ".");
    setvbuf(stdout, NULL, _IOLBF, 0);
    remove_store(path);
    govsvc *gs = open_store(path);
    govsvc_session *session = open_session(gs);
    double begun = seconds();
    publish_names(session, names_held);
    printf("%ld names put, reviewed and published: %.0f a second\n", names_held,
           (double)names_held / (seconds() - begun));
    govsvc_session_close(session);
    govsvc_close(gs);
    copy_bodies(path, matters / names_held - 1);
    gs = open_store(path);
    session = open_session(gs);
    printf("%ld matters of %ld names\n", matters, names_held);
    ask_all(session);
    govsvc_session_close(session);
    govsvc_close(gs);
    ask_by_hand(path);
    remove_store(path);
    return 0;
}
