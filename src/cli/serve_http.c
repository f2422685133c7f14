/* The HTTP side of `opcon serve`; see serve.h.
 *
 * One thread of libmicrohttpd answers. What it shows is replaced as a whole under the lock; a reader holds a response,
 * which libmicrohttpd counts, so an old version lives until its last reader is done. Whoever waits for a version is
 * suspended, and resumed when it is there. */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/random.h>

#include "base/library.h"
#include "cli/serve.h"

#define FUNCTIONS(X)                                                                                                   \
    X(MHD_add_response_header) X(MHD_create_response_from_buffer) X(MHD_destroy_response)                              \
        X(MHD_get_connection_values) X(MHD_get_daemon_info) X(MHD_lookup_connection_value)                             \
        X(MHD_queue_response) X(MHD_resume_connection) X(MHD_start_daemon) X(MHD_stop_daemon)                          \
        X(MHD_suspend_connection)

static struct {
    FUNCTIONS(OC_LIBRARY_POINTER)
} of;
static const oc_library_symbol symbols[] = {FUNCTIONS(OC_LIBRARY_SYMBOL)};

enum {
    SECRET_BYTES = 16,
    MOST_WAITING = 16,
    MOST_CONNECTIONS = 48,
    HEADER_ROOM = 16384,
    IDLE_SECONDS = 60,
    NAME_ROOM = 32
};

struct oc_server {
    struct MHD_Daemon *daemon;
    char secret[2 * SECRET_BYTES + 1];
    char address[96];
    char hosts[2][NAME_ROOM], origins[2][NAME_ROOM];
    pthread_mutex_t lock;
    struct MHD_Response *page, *report, *state; /* report: NULL until there is one */
    uint64_t version, report_version;
    bool stopping;
    struct MHD_Connection *waiting[MOST_WAITING];
    size_t waiting_count;
};

/* --- responses --- */

static struct MHD_Response *make_response(oc_slice bytes, const char *type, bool framed)
{
    static const char *const headers[][2] = {
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
    };
    struct MHD_Response *made =
        /* NOLINTNEXTLINE(performance-no-int-to-ptr): casts const away; the bytes are copied */
        of.MHD_create_response_from_buffer(bytes.len, (void *)(uintptr_t)bytes.ptr, MHD_RESPMEM_MUST_COPY);
    if (!made) return NULL;
    of.MHD_add_response_header(made, "Content-Type", type);
    of.MHD_add_response_header(made, "X-Frame-Options", framed ? "SAMEORIGIN" : "DENY");
    of.MHD_add_response_header(made, "Content-Security-Policy",
                            framed ? "frame-ancestors 'self'" : "frame-ancestors 'none'");
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        of.MHD_add_response_header(made, headers[i][0], headers[i][1]);
    return made;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status)
{
    struct MHD_Response *made = make_response(OC_SLICE(""), "text/plain; charset=utf-8", false);
    if (!made) return MHD_NO;
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED) of.MHD_add_response_header(made, "Allow", "GET, HEAD");
    enum MHD_Result sent = of.MHD_queue_response(connection, status, made);
    of.MHD_destroy_response(made);
    return sent;
}

/* --- who may ask for what --- */

typedef struct seen {
    const char *name;
    size_t count;
    const char *value;
} seen;

static enum MHD_Result see(void *context, enum MHD_ValueKind kind, const char *key, const char *value)
{
    seen *s = context;
    (void)kind;
    if (strcasecmp(key, s->name) != 0) return MHD_YES;
    s->count++;
    s->value = value;
    return MHD_YES;
}

static seen header_of(struct MHD_Connection *connection, const char *name)
{
    seen s = {.name = name};
    of.MHD_get_connection_values(connection, MHD_HEADER_KIND, see, &s);
    return s;
}

static bool one_of(const char *value, char names[2][NAME_ROOM])
{
    return value && (strcmp(value, names[0]) == 0 || strcmp(value, names[1]) == 0);
}

/* A name that an attacker made point to this machine shows in Host; a page from elsewhere, in Origin. */
static bool is_ours(oc_server *server, struct MHD_Connection *connection)
{
    seen host = header_of(connection, "Host"), origin = header_of(connection, "Origin");
    if (host.count != 1 || !one_of(host.value, server->hosts)) return false;
    return origin.count == 0 || (origin.count == 1 && one_of(origin.value, server->origins));
}

/* What follows "/SECRET/"; NULL if the secret is another one. The time taken does not tell how much of it was right. */
static const char *path_behind_secret(const oc_server *server, const char *url)
{
    size_t length = (size_t)2 * SECRET_BYTES;
    if (strlen(url) < length + 2 || url[0] != '/' || url[length + 1] != '/') return NULL;
    unsigned different = 0;
    for (size_t i = 0; i < length; i++) different |= (unsigned char)url[i + 1] ^ (unsigned char)server->secret[i];
    return different ? NULL : url + length + 2;
}

/* Addresses are taken as they stand: none of ours has a character that must be escaped. */
static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context, (void)connection;
    return strlen(text);
}

/* --- answering --- */

/* Under the lock. True if the connection now waits. */
static bool wait_for_change(oc_server *server, struct MHD_Connection *connection, void **request)
{
    const char *after = of.MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "after");
    bool waited = *request == server;
    if (!after || waited || server->stopping || server->waiting_count == MOST_WAITING) return false;
    char *end;
    errno = 0;
    unsigned long long version = strtoull(after, &end, 10);
    if (errno || end == after || *end || version != server->version) return false;
    *request = server;
    server->waiting[server->waiting_count++] = connection;
    of.MHD_suspend_connection(connection);
    return true;
}

static enum MHD_Result show(oc_server *server, struct MHD_Connection *connection, const char *path, void **request)
{
    pthread_mutex_lock(&server->lock);
    struct MHD_Response *response = NULL;
    bool state = strcmp(path, "state") == 0;
    if (state && wait_for_change(server, connection, request)) {
        pthread_mutex_unlock(&server->lock);
        return MHD_YES;
    }
    if (*path == '\0') response = server->page;
    if (strcmp(path, "report") == 0) response = server->report;
    if (state) response = server->state;
    enum MHD_Result sent = response ? of.MHD_queue_response(connection, MHD_HTTP_OK, response) : MHD_NO;
    pthread_mutex_unlock(&server->lock);
    return response ? sent : refuse(connection, MHD_HTTP_NOT_FOUND);
}

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **request)
{
    oc_server *server = context;
    (void)version, (void)upload, (void)upload_size;
    pthread_mutex_lock(&server->lock);
    bool ours = is_ours(server, connection);
    pthread_mutex_unlock(&server->lock);
    if (!ours) return refuse(connection, MHD_HTTP_FORBIDDEN);
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED);
    const char *path = path_behind_secret(server, url);
    return path ? show(server, connection, path, request) : refuse(connection, MHD_HTTP_NOT_FOUND);
}

/* --- versions --- */

/* Under the lock. */
static void resume_all(oc_server *server)
{
    for (size_t i = 0; i < server->waiting_count; i++) of.MHD_resume_connection(server->waiting[i]);
    server->waiting_count = 0;
}

static void replace(struct MHD_Response **response, struct MHD_Response *by)
{
    if (*response) of.MHD_destroy_response(*response);
    *response = by;
}

static struct MHD_Response *describe(const oc_server *server, bool good, oc_slice said)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_json json = oc_json_in(&arena);
    json.compact = true;
    oc_json_object(&json, NULL);
    oc_json_unsigned(&json, "version", server->version);
    oc_json_unsigned(&json, "report", server->report_version);
    oc_json_bool(&json, "good", good);
    oc_json_text(&json, "said", said);
    oc_json_end(&json);
    struct MHD_Response *made = make_response(oc_json_done(&json), "application/json; charset=utf-8", false);
    oc_arena_free(&arena);
    return made;
}

void oc_server_publish(oc_server *server, oc_slice report, oc_slice said)
{
    struct MHD_Response *made = report.ptr ? make_response(report, "text/html; charset=utf-8", true) : NULL;
    pthread_mutex_lock(&server->lock);
    server->version++;
    if (made) {
        server->report_version = server->version;
        replace(&server->report, made);
    }
    replace(&server->state, describe(server, made != NULL, said));
    resume_all(server);
    pthread_mutex_unlock(&server->lock);
}

void oc_server_wake(oc_server *server)
{
    pthread_mutex_lock(&server->lock);
    resume_all(server);
    pthread_mutex_unlock(&server->lock);
}

/* --- beginning and end --- */

static bool make_secret(char *ret)
{
    unsigned char bytes[SECRET_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(ret + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

static void name_itself(oc_server *server, unsigned port)
{
    static const char *const names[2] = {"127.0.0.1", "localhost"};
    for (int i = 0; i < 2; i++) {
        snprintf(server->hosts[i], NAME_ROOM, "%s:%u", names[i], port);
        snprintf(server->origins[i], NAME_ROOM, "http://%s:%u", names[i], port);
    }
    snprintf(server->address, sizeof server->address, "http://127.0.0.1:%u/%s/", port, server->secret);
}

bool oc_server_can(void)
{
    return oc_library_open("libmicrohttpd", symbols, sizeof symbols / sizeof *symbols);
}

oc_status oc_server_start(oc_slice page, uint16_t port, oc_server **ret_server)
{
    oc_server *server = calloc(1, sizeof *server);
    *ret_server = NULL;
    if (!server) return OC_NOMEM;
    pthread_mutex_init(&server->lock, NULL);
    struct sockaddr_in here = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server->page = make_response(page, "text/html; charset=utf-8", false);
    if (!server->page || !make_secret(server->secret)) return oc_server_stop(server), OC_IO;
    server->state = describe(server, true, OC_SLICE(""));
    /* A request that comes before the server knows its own name waits. */
    pthread_mutex_lock(&server->lock);
    server->daemon = of.MHD_start_daemon(
        MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME, port, NULL, NULL, answer, server,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_ROOM, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        server->daemon ? of.MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (info) name_itself(server, info->port);
    pthread_mutex_unlock(&server->lock);
    if (!info) {
        int why = errno;
        oc_server_stop(server);
        errno = why;
        return OC_IO;
    }
    *ret_server = server;
    return OC_OK;
}

const char *oc_server_address(const oc_server *server)
{
    return server->address;
}

void oc_server_stop(oc_server *server)
{
    if (!server) return;
    pthread_mutex_lock(&server->lock);
    server->stopping = true;
    resume_all(server);
    pthread_mutex_unlock(&server->lock);
    if (server->daemon) of.MHD_stop_daemon(server->daemon);
    replace(&server->page, NULL);
    replace(&server->report, NULL);
    replace(&server->state, NULL);
    pthread_mutex_destroy(&server->lock);
    free(server);
}
