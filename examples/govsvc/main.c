/* govsvc - the library from the command line; `govsvc --help` says what it does. */
#include "cli.h"

int main(int argc, char **argv)
{
    static const cli_host host = {govsvc_open};
    return cli_main(argc, argv, &host);
}
