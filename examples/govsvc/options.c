/* options.c - the command line: options may stand anywhere, "--" ends them. */
#include "run.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

typedef struct option {
    const char *name;
    char letter;
    bool flag;    /* takes no value */
    size_t place; /* in cli_options: a bool for a flag, else a text */
    unsigned takes;
} option;

#define TEXT(member) false, offsetof(cli_options, member)
#define FLAG(member) true, offsetof(cli_options, member)

static const option options[] = {
    {"store", 's', TEXT(store), CLI_TAKES_STORE},
    {"division", '\0', TEXT(division), CLI_TAKES_DIVISION},
    {"as", '\0', TEXT(actor), CLI_TAKES_STORE},
    {"at", '\0', TEXT(at), CLI_TAKES_STORE},
    {"after", '\0', TEXT(after), CLI_TAKES_AFTER},
    {"limit", '\0', TEXT(limit), CLI_TAKES_LIMIT},
    {"dry-run", 'n', FLAG(dry_run), CLI_TAKES_DRY_RUN},
    {"record", '\0', TEXT(record), CLI_TAKES_RECORD},
    {"encoding", '\0', TEXT(encoding), CLI_TAKES_RECORD},
    {"format", '\0', TEXT(format), CLI_TAKES_FORMAT},
    {"xsd", '\0', FLAG(xsd), CLI_TAKES_XSD},
    {"lang", '\0', TEXT(language), 0},
    {"help", 'h', FLAG(help), 0},
    {"version", 'V', FLAG(version), 0},
};

/* "-5" is a number, and "-" a file. */
static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] && !isdigit((unsigned char)word[1]);
}

static const option *find(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const option *at = &options[i];
        bool by_letter = at->letter && size == 2 && word[1] == at->letter;
        if (by_letter ||
            (size == strlen(at->name) + 2 && word[1] == '-' && strncmp(word + 2, at->name, size - 2) == 0))
            return at;
    }
    return NULL;
}

/* An option with its value, which may be the next word; *at moves over what was taken. */
static bool take_option(cli_run *run, char **argv, int argc, int *at)
{
    const char *word = argv[*at], *equals = strchr(word, '=');
    const option *found = find(word, equals ? (size_t)(equals - word) : strlen(word));
    if (!found) {
        cli_fail(run, CLI_USAGE, word, "没有这个选项，见 govsvc --help",
                 "no such option, see govsvc --help");
        return false;
    }
    char *place = (char *)&run->options + found->place;
    run->options.given |= found->takes;
    if (found->flag && !equals) {
        *(bool *)(void *)place = true;
        return true;
    }
    const char *value = equals ? equals + 1 : *at + 1 < argc ? argv[++*at] : NULL;
    if (!value || found->flag) {
        cli_fail(run, CLI_USAGE, word, found->flag ? "该选项不带值" : "该选项需要一个值",
                 found->flag ? "this option takes no value" : "this option needs a value");
        return false;
    }
    *(const char **)(void *)place = value;
    return true;
}

static bool take_word(cli_run *run, const char *word)
{
    if (run->options.word_count < CLI_WORDS_MAX) {
        run->options.words[run->options.word_count++] = word;
        return true;
    }
    cli_fail(run, CLI_USAGE, word, "参数过多，见 govsvc --help", "too many arguments, see govsvc --help");
    return false;
}

static bool take_words(cli_run *run, int argc, char **argv)
{
    bool only_words = false;
    for (int i = 1; i < argc; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0)
            only_words = true;
        else if (!only_words && is_option(argv[i]) ? !take_option(run, argv, argc, &i)
                                                   : !take_word(run, argv[i]))
            return false;
    }
    return true;
}

static bool find_command(cli_run *run)
{
    if (!run->options.word_count)
        return true;
    const char *name = run->options.words[0];
    run->words = run->options.words + 1;
    run->word_count = run->options.word_count - 1;
    for (const cli_command *at = cli_commands; at->name; at++)
        if (strcmp(at->name, name) == 0)
            run->command = at;
    if (!run->command)
        cli_fail(run, CLI_USAGE, name, "没有这个命令，见 govsvc --help",
                 "no such command, see govsvc --help");
    return run->command != NULL;
}

/* Options that mean nothing to a command are a mistake; the store may be named for any. */
static bool fits(const cli_run *run)
{
    const cli_command *command = run->command;
    char line[120];
    if (!command || run->options.help)
        return true;
    snprintf(line, sizeof line, "govsvc %s %s", command->name, command->words);
    if (run->options.given & ~command->takes & ~(unsigned)CLI_TAKES_STORE) {
        cli_fail(run, CLI_USAGE, line, "该命令不用给出的选项，见 --help",
                 "an option does not go with this command, see --help");
        return false;
    }
    if (run->word_count >= command->least && run->word_count <= command->most)
        return true;
    cli_fail(run, CLI_USAGE, line, run->word_count < command->least ? "缺少参数" : "参数过多",
             run->word_count < command->least ? "arguments are missing" : "too many arguments");
    return false;
}

bool cli_read_options(cli_run *run, int argc, char **argv)
{
    if (!take_words(run, argc, argv))
        return false;
    const char *language = run->options.language;
    run->english = language && strcmp(language, "en") == 0;
    if (language && !run->english && strcmp(language, "zh") != 0) {
        cli_fail(run, CLI_USAGE, language, "--lang 应为 zh 或 en", "--lang must be zh or en");
        return false;
    }
    return find_command(run) && fits(run);
}
