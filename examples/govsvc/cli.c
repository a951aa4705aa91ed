/* cli.c - from the command line to an exit code. */
#include "run.h"

int cli_version(cli_run *run)
{
    (void)run;
    printf("govsvc %s\n", govsvc_version());
    return CLI_DONE;
}

static int run_command(cli_run *run)
{
    bool store = (run->command->takes & CLI_TAKES_STORE) != 0;
    int code = store ? cli_open(run) : CLI_DONE;
    if (code == CLI_DONE)
        code = run->command->run(run);
    cli_close(run);
    return code;
}

static int act(cli_run *run)
{
    if (run->options.version)
        return cli_version(run);
    if (run->command && !run->options.help)
        return run_command(run);
    if (run->command)
        cli_help_command(run);
    else
        cli_help(run);
    return run->options.help ? CLI_DONE : CLI_USAGE;
}

int cli_main(int argc, char **argv, const cli_host *host)
{
    cli_run run = {.host = host};
    if (!cli_read_options(&run, argc, argv))
        return CLI_USAGE;
    int code = act(&run);
    if ((fflush(stdout) || ferror(stdout)) && code == CLI_DONE)
        code = cli_fail(&run, CLI_NO, NULL, "标准输出写入失败", "standard output could not be written");
    return code;
}
