/* govsvc/cli.h - the command line program as a function, so that it can be linked with another way of
 * opening a store. It uses the library's public headers alone.
 */
#ifndef GOVSVC_CLI_H
#define GOVSVC_CLI_H

#include <govsvc.h>

typedef struct cli_host {
    govsvc_status (*open)(const govsvc_config *config, govsvc **out);
} cli_host;

/* Exit codes. */
enum {
    CLI_DONE = 0,
    CLI_NO = 1,    /* the library said no: the input is wrong, or a record was refused */
    CLI_USAGE = 2, /* the command line is wrong */
    CLI_STORE = 3  /* the store cannot be worked with */
};

int cli_main(int argc, char **argv, const cli_host *host);

#endif
