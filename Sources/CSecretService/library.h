// What we use of libsecret, glib and gio, declared by hand: their headers are not needed to build.
#ifndef KEYFOB_SECRET_LIBRARY_H
#define KEYFOB_SECRET_LIBRARY_H

#ifdef __linux__

#include <stdbool.h>
#include <stdint.h>

// Stable parts of the libraries' ABI. The rest is opaque.
typedef struct {
    uint32_t domain;
    int code;
    char *message;
} GError;

typedef struct GList {
    void *data;
    struct GList *next;
    struct GList *previous;
} GList;

typedef struct {
    const char *name;
    int type;
} SecretSchemaAttribute;

typedef struct {
    const char *name;
    int flags;
    SecretSchemaAttribute attributes[32];
    int reserved;
    void *reserved1, *reserved2, *reserved3, *reserved4, *reserved5, *reserved6, *reserved7;
} SecretSchema;

typedef struct GCancellable GCancellable;
typedef struct GHashTable GHashTable;
typedef struct SecretCollection SecretCollection;
typedef struct SecretItem SecretItem;
typedef struct SecretService SecretService;
typedef struct SecretValue SecretValue;

enum {
    SECRET_SERVICE_OPEN_SESSION = 1 << 1,
    SECRET_SEARCH_ALL = 1 << 1,
    SECRET_SEARCH_LOAD_SECRETS = 1 << 3,
};

// The functions: what each returns, its name, and what it takes.
#define KEYFOB_SECRET_FUNCTIONS(FUNCTION)                                                                            \
    FUNCTION(GCancellable *, g_cancellable_new, (void))                                                              \
    FUNCTION(void, g_cancellable_cancel, (GCancellable *))                                                           \
    FUNCTION(int, g_cancellable_is_cancelled, (GCancellable *))                                                      \
    FUNCTION(void, g_error_free, (GError *))                                                                         \
    FUNCTION(const char *, g_quark_to_string, (uint32_t))                                                            \
    FUNCTION(GHashTable *, g_hash_table_new, (unsigned (*)(const void *), int (*)(const void *, const void *)))      \
    FUNCTION(int, g_hash_table_insert, (GHashTable *, void *, void *))                                               \
    FUNCTION(void, g_hash_table_unref, (GHashTable *))                                                               \
    FUNCTION(unsigned, g_str_hash, (const void *))                                                                   \
    FUNCTION(int, g_str_equal, (const void *, const void *))                                                         \
    FUNCTION(GList *, g_list_append, (GList *, void *))                                                              \
    FUNCTION(void, g_list_free, (GList *))                                                                           \
    FUNCTION(void, g_list_free_full, (GList *, void (*)(void *)))                                                    \
    FUNCTION(void *, g_object_ref, (void *))                                                                         \
    FUNCTION(void, g_object_unref, (void *))                                                                         \
    FUNCTION(SecretService *, secret_service_get_sync, (int, GCancellable *, GError **))                             \
    FUNCTION(                                                                                                        \
        GList *, secret_service_search_sync,                                                                         \
        (SecretService *, const SecretSchema *, GHashTable *, int, GCancellable *, GError **))                       \
    FUNCTION(                                                                                                        \
        int, secret_service_store_sync,                                                                              \
        (SecretService *, const SecretSchema *, GHashTable *, const char *, const char *, SecretValue *,             \
         GCancellable *, GError **))                                                                                 \
    FUNCTION(int, secret_service_unlock_sync, (SecretService *, GList *, GCancellable *, GList **, GError **))       \
    FUNCTION(                                                                                                        \
        SecretCollection *, secret_collection_for_alias_sync,                                                        \
        (SecretService *, const char *, int, GCancellable *, GError **))                                             \
    FUNCTION(int, secret_collection_get_locked, (SecretCollection *))                                                \
    FUNCTION(int, secret_item_get_locked, (SecretItem *))                                                            \
    FUNCTION(SecretValue *, secret_item_get_secret, (SecretItem *))                                                  \
    FUNCTION(int, secret_item_delete_sync, (SecretItem *, GCancellable *, GError **))                                \
    FUNCTION(SecretValue *, secret_value_new, (const char *, long, const char *))                                    \
    FUNCTION(const char *, secret_value_get, (SecretValue *, unsigned long *))                                       \
    FUNCTION(void, secret_value_unref, (void *))

#define KEYFOB_DECLARE(Result, name, parameters) Result(*name) parameters;
typedef struct {
    KEYFOB_SECRET_FUNCTIONS(KEYFOB_DECLARE)
} Library;
#undef KEYFOB_DECLARE

// The library, opened on the first call; NULL if it is not there.
const Library *keyfob_secret_library(void);

#endif
#endif
