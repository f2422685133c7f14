/* What `opcon serve` shows, and to whom: the HTTP side (serve_http.c) and the files it waits for (serve_watch.c).
 *
 * The server listens on 127.0.0.1 alone and answers GET and HEAD for whoever knows the secret in its address:
 *
 *     /SECRET/             a page that holds the report and waits for the next version
 *     /SECRET/report       the last report that could be made
 *     /SECRET/state?after=N  {version, report, good, said} as JSON, at once if the version is not N, else when it
 * changes
 *
 * A request whose Host is not the address of this server, or that comes from another origin, is refused: a page from
 * elsewhere that knows or guesses the port learns nothing. Nothing can be written. */
#ifndef OC_CLI_SERVE_H
#define OC_CLI_SERVE_H

#include "cli/command.h"

typedef struct oc_server oc_server;

/* False if libmicrohttpd is not on this machine; else a server may be started. */
bool oc_server_can(void);
/* `page` is what stands at /SECRET/ (copied); `port` 0 takes a free one. OC_IO with errno if the port cannot be had. */
oc_status oc_server_start(oc_slice page, uint16_t port, oc_server **ret_server);
/* "http://127.0.0.1:41234/0f…/" */
const char *oc_server_address(const oc_server *server);
/* The next version: a report (copied; ptr NULL: there is none, the last one stays) and what was said about it. */
void oc_server_publish(oc_server *server, oc_slice report, oc_slice said);
/* Lets those who wait ask again, so that whoever has gone away is noticed. Call it every few seconds. */
void oc_server_wake(oc_server *server);
/* Ends all connections. Accepts NULL. */
void oc_server_stop(oc_server *server);

/* Files whose changes matter: those that were read, and all in the scenario's folder (but hidden ones and copies of
 * editors), to a depth of 3 and a number of 512. */
typedef struct oc_watch {
    OC_VEC(oc_slice) files;
    oc_slice folder; /* empty: none */
} oc_watch;
/* A number that is another one when any of them was changed, added or removed. */
uint64_t oc_watch_look(const oc_watch *watch);

#endif
