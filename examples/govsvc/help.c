/* help.c - the commands, and what is said of them. */
#include "run.h"

#include <string.h>

enum { STORE = CLI_TAKES_STORE | CLI_TAKES_DIVISION };

const cli_command cli_commands[] = {
    {"check", "KIND VALUE", 2, 2, 0, false, "核对号码", "check a number", cli_check},
    {"workdays", "add|explain DATE N | count FROM TO", 3, 3, CLI_TAKES_DIVISION, false, "计算工作日",
     "reckon working days", cli_workdays},
    {"operations", "", 0, 0, 0, false, "列出全部操作", "list all operations", cli_operations},
    {"describe", "RECORD", 1, 1, CLI_TAKES_XSD, false, "一种记录的数据字典",
     "the data dictionary of a record", cli_describe},
    {"version", "", 0, 0, 0, false, "版本", "the version", cli_version},
    {"call", "OPERATION [JSON|-]", 1, 2, STORE, true, "执行一个操作", "run an operation", cli_call},
    {"find", "WORD ...", 1, CLI_WORDS_MAX - 1, STORE, false, "查找在用事项", "find matters in force", cli_find},
    {"guide", "CODE [SITUATION=CHOICE ...]", 1, CLI_WORDS_MAX - 1, STORE, false, "办事指南",
     "the service guide of a matter", cli_guide},
    {"form", "CODE [SITUATION=CHOICE ...]", 1, CLI_WORDS_MAX - 1, STORE, false, "申请表单（JSON Schema）",
     "the form of a matter as JSON Schema", cli_form},
    {"compose", "CODE [SITUATION=CHOICE ...]", 1, CLI_WORDS_MAX - 1, STORE, false, "一件事组合与精简",
     "a bundle as one, and what it saves", cli_compose},
    {"import", "FILE|-", 1, 1, STORE | CLI_TAKES_DRY_RUN | CLI_TAKES_RECORD, true,
     "导入 XML、JSON Lines、CSV", "take records in", cli_import},
    {"export", "[RECORD]", 0, 1, STORE | CLI_TAKES_FORMAT, false, "导出记录", "give records out", cli_export},
    {"tick", "", 0, 0, STORE | CLI_TAKES_LIMIT, false, "处理到期事项", "do what is due", cli_tick},
    {"feed", "", 0, 0, STORE | CLI_TAKES_AFTER, false, "日志，CloudEvents 格式", "the journal as CloudEvents",
     cli_feed},
    {"check-store", "", 0, 0, STORE, false, "核对存储与日志", "check the store against its journal",
     cli_check_store},
    {"backup", "PATH", 1, 1, STORE, false, "备份到新文件", "copy the store into a new file", cli_backup},
    {"migrate", "", 0, 0, STORE, true, "补建表和列", "add missing tables and columns", cli_migrate},
    {NULL, NULL, 0, 0, 0, false, NULL, NULL, NULL},
};

typedef struct row {
    const char *left, *zh, *en;
    unsigned takes; /* 0: every command does */
} row;

static const row option_rows[] = {
    {"-s, --store STORE", "存储：文件、sqlite:文件 或 postgresql://…；也可用环境变量 GOVSVC_STORE",
     "a file, sqlite:FILE or postgresql://...; or the environment's GOVSVC_STORE", CLI_TAKES_STORE},
    {"--division D", "行政区划代码，6 位", "division, 6 digits", CLI_TAKES_DIVISION},
    {"--as ACTOR.json", "操作人；缺省为本机管理员", "who is at work; else a local administrator",
     CLI_TAKES_STORE},
    {"--at TIME", "以此为当前时间，供试用", "the time it is to be, for trials", CLI_TAKES_STORE},
    {"--after N", "从该位置之后开始", "begin behind this position", CLI_TAKES_AFTER},
    {"--limit N", "每次最多处理的步数", "steps at a time", CLI_TAKES_LIMIT},
    {"-n, --dry-run", "只检查，不保存", "check everything, keep nothing", CLI_TAKES_DRY_RUN},
    {"--record RECORD", "CSV 各行的记录种类，如 matter", "the kind of a CSV file's rows, such as matter",
     CLI_TAKES_RECORD},
    {"--encoding UTF-8|GB18030", "CSV 的编码；不写则自动识别", "a CSV file's encoding; else it is found out",
     CLI_TAKES_RECORD},
    {"--format json|xml|csv", "格式，缺省为 json（每行一条）；csv 须写 RECORD",
     "the format, else json (a line each); csv needs RECORD", CLI_TAKES_FORMAT},
    {"--xsd", "改为输出导入文件的 XML Schema", "the XML Schema of files to import instead", CLI_TAKES_XSD},
    {"--lang zh|en", "语言；en 只用英文", "language; en is English alone", 0},
    {"-h, --help", "帮助；也可用于单个命令", "help; also of one command", 0},
    {"-V, --version", "版本", "the version", 0},
};

/* What a command's own help says further. */
static const row notes[] = {
    {"check",
     "KIND：citizen-id 身份证号，uscc 统一社会信用代码，org-code 组织机构代码，division 行政区划，\n"
     "matter-code 事项编码，certificate-id 电子证照标识",
     "KIND: citizen-id, uscc, org-code, division, matter-code, certificate-id", 0},
    {"workdays",
     "起算日不计入。add：DATE 之后第 N 个工作日；explain：同上并逐段说明；count：FROM 之后至 "
     "TO（含）的工作日数。\n"
     "不加 --division 时只用国家放假安排；不读取存储。",
     "The start does not count. add: the Nth working day after DATE; explain: and why; count: those after "
     "FROM\n"
     "up to and including TO. Without --division the national calendar alone counts; no store is read.",
     0},
    {"call", "JSON 写 - 时从标准输入读取；不写即 {}。结果为标准输出上的 JSON，问题为标准错误上的 JSON。",
     "JSON is read from standard input where it is -, and is {} where it is left out. The result goes to\n"
     "standard output, problems to standard error, both as JSON.",
     0},
    {"find", "WORD：汉字、拼音或拼音首字母。最匹配的在前，每行为实施编码、名称、实施主体。",
     "WORD: Chinese text, pinyin or initials. The best match first: code, name and organ, a line each.", 0},
    {"guide", "输出 Markdown。CODE：实施编码，取在用版本；其后为各情形的选择，未选择的情形列在指南中。",
     "Markdown. CODE: the implementation code, its version in force; then the answers to its situations. "
     "What\n"
     "was not answered stands in the guide.",
     0},
    {"form", "与 guide 相同，输出表单的 JSON Schema。", "As guide, but the form's JSON Schema.", 0},
    {"compose",
     "环节、材料、工作日、到现场次数、填写项：分别办理与合并办理，以制表符分隔；其后为最长路径、互为前置的成员和冲突。\n"
     "全部内容用 call matter.compose。",
     "Steps, materials, working days, visits and fields, one by one and as one, separated by tabs; then the\n"
     "critical path, a circle, conflicts. All of it: call matter.compose.",
     0},
    {"import",
     "自动识别格式；XML 和 JSON Lines 自带记录种类，CSV 用 --record 指明；每 1000 条提交一次；\n"
     "有误的记录逐条列出，不影响其他记录；重复导入不产生变化。",
     "The format is recognised; XML and JSON Lines say the kind of record, for CSV --record names it.\n"
     "A record that is wrong does not stop the others; importing twice changes nothing.",
     0},
    {"export",
     "按自然键排序，import 可原样读回。CSV 为带 BOM 的 UTF-8，首行为列名；列表写作 JSON 数组。\n"
     "用电子表格打开时把各列设为文本，否则长号码会被改写。",
     "In the order of their keys, as import takes them back. CSV is UTF-8 with a byte order mark, below a\n"
     "row of names; lists are JSON arrays. In a spreadsheet open every column as text, or long numbers are\n"
     "rewritten.",
     0},
};

/* Columns on a terminal: a Chinese character takes two. */
static int width_of(const char *text)
{
    int width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xc0) == 0xc0 ? 2 : ((unsigned char)*text & 0x80) == 0;
    return width;
}

static void line(const cli_run *run, const char *left, const char *zh, const char *en)
{
    if (run->english)
        printf("  %-44s %s\n", left, en);
    else
        printf("  %-44s %s%*s %s\n", left, zh, width_of(zh) < 24 ? 24 - width_of(zh) : 0, "", en);
}

static void command_line(const cli_run *run, const cli_command *command)
{
    char left[80];
    snprintf(left, sizeof left, "%s %s", command->name, command->words);
    line(run, left, command->zh, command->en);
}

static void say_commands(const cli_run *run, bool with_store)
{
    for (const cli_command *at = cli_commands; at->name; at++)
        if (((at->takes & CLI_TAKES_STORE) != 0) == with_store)
            command_line(run, at);
}

static void say_options(const cli_run *run, unsigned takes)
{
    for (size_t i = 0; i < sizeof option_rows / sizeof *option_rows; i++) {
        const row *at = &option_rows[i];
        if (at->takes && !(at->takes & takes))
            continue;
        if (run->english || width_of(at->zh) <= 24) {
            line(run, at->left, at->zh, at->en);
        } else {
            printf("  %-44s %s\n", at->left, at->zh);
            printf("  %-44s %s\n", "", at->en);
        }
    }
}

static void title(const cli_run *run, const char *zh, const char *en)
{
    putchar('\n');
    cli_say(run, stdout, NULL, zh, en);
}

void cli_help(const cli_run *run)
{
    cli_say(run, stdout, NULL, "用法：govsvc [选项] 命令 [参数]",
            "usage: govsvc [OPTIONS] COMMAND [ARGUMENTS]");
    title(run, "不需要存储的命令：", "commands that need no store:");
    say_commands(run, false);
    title(run, "需要存储（-s）的命令：", "commands that work with a store (-s):");
    say_commands(run, true);
    title(run, "选项：", "options:");
    say_options(run, ~0u);
    title(run, "例子：", "examples:");
    puts("  govsvc check uscc 11450103XN0000012R\n"
         "  govsvc workdays explain 2026-02-13 5 --division 450100\n"
         "  govsvc -s nanning.db --division 450100 import matters.xml\n"
         "  govsvc -s nanning.db call matter.get '{\"number\":\"11450103XN0000012R4450131901000\"}'");
    title(run, "退出码：0 完成，1 被拒绝，2 用法有误，3 存储有问题",
          "exit codes: 0 done, 1 refused, 2 wrong usage, 3 trouble with the store");
}

void cli_help_command(const cli_run *run)
{
    const cli_command *command = run->command;
    printf("govsvc%s %s %s\n", command->takes & CLI_TAKES_STORE ? " -s STORE" : "", command->name,
           command->words);
    cli_say(run, stdout, NULL, command->zh, command->en);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (strcmp(notes[i].left, command->name) != 0)
            continue;
        printf("\n%s%s%s\n", run->english ? "" : notes[i].zh, run->english ? "" : "\n", notes[i].en);
    }
    title(run, "选项：", "options:");
    say_options(run, command->takes);
}
