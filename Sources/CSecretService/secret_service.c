#include "CSecretService.h"

#include <stdlib.h>
#include <string.h>

void keyfob_secret_free(char *secret) {
    if (secret == NULL) return;
    // A plain memset before free may be left out by the compiler.
    volatile char *character = secret;
    while (*character != 0) *character++ = 0;
    free(secret);
}

#ifdef __linux__

#include "deadline.h"
#include "library.h"

// Everything that one call needs; `error` and `locked` are set by the steps below.
typedef struct {
    const Library *library;
    KeyfobSecretPatience patience;
    GHashTable *attributes;
    const char *label;
    const char *secret;
    SecretService *service;
    GCancellable *cancellable;
    GError *error;
    // What a person would have to unlock: an item or a collection.
    void *locked;
} Call;

typedef KeyfobSecretReply (*Step)(Call *call);

static const SecretSchema schema = {
    .name = "keyfob.Credential",
    .attributes = {{"application", 0}, {"key", 0}},
};

static KeyfobSecretReply outcome(KeyfobSecretOutcome outcome) {
    return (KeyfobSecretReply){.outcome = outcome};
}

static void copy(char *target, size_t size, const char *text) {
    if (text == NULL) return;
    strncpy(target, text, size - 1);
    target[size - 1] = 0;
}

// What GLib said went wrong.
static KeyfobSecretReply failure(const Call *call) {
    KeyfobSecretReply reply = outcome(KeyfobSecretFailed);
    if (call->error == NULL) return reply;
    copy(reply.domain, sizeof reply.domain, call->library->g_quark_to_string(call->error->domain));
    copy(reply.message, sizeof reply.message, call->error->message);
    reply.code = call->error->code;
    return reply;
}

// The default collection may be missing; that is no error, but some services say it with one.
static bool is_unknown_object(const Call *call) {
    enum { UNKNOWN_METHOD = 19, UNKNOWN_OBJECT = 41 };
    const char *domain = call->library->g_quark_to_string(call->error->domain);
    bool is_unknown = call->error->code == UNKNOWN_METHOD || call->error->code == UNKNOWN_OBJECT;
    return is_unknown && strcmp(domain, "g-dbus-error-quark") == 0;
}

// Says whether the default keyring is open: done, locked, no collection, or failed.
static KeyfobSecretReply look_at_collection(Call *call) {
    const Library *library = call->library;
    SecretCollection *collection =
        library->secret_collection_for_alias_sync(call->service, "default", 0, call->cancellable, &call->error);
    if (call->error != NULL && !is_unknown_object(call)) return failure(call);
    if (collection == NULL) return outcome(KeyfobSecretNoCollection);
    if (library->secret_collection_get_locked(collection)) {
        call->locked = collection;
        return outcome(KeyfobSecretLocked);
    }
    library->g_object_unref(collection);
    return outcome(KeyfobSecretDone);
}

static void free_items(const Call *call, GList *items) {
    call->library->g_list_free_full(items, call->library->g_object_unref);
}

// Finds the items of this name, without asking anybody to unlock anything.
//
// A locked keyring answers a search as an empty one does, so that nothing found is looked into.
static KeyfobSecretReply search(Call *call, int flags, GList **items) {
    const Library *library = call->library;
    *items = library->secret_service_search_sync(
        call->service, &schema, call->attributes, SECRET_SEARCH_ALL | flags, call->cancellable, &call->error);
    if (call->error != NULL) return failure(call);
    for (GList *each = *items; each != NULL; each = each->next)
        if (!library->secret_item_get_locked(each->data)) return outcome(KeyfobSecretDone);
    if (*items != NULL) {
        call->locked = library->g_object_ref((*items)->data);
        return outcome(KeyfobSecretLocked);
    }
    KeyfobSecretReply reply = look_at_collection(call);
    bool is_open = reply.outcome == KeyfobSecretDone || reply.outcome == KeyfobSecretNoCollection;
    return is_open ? outcome(KeyfobSecretAbsent) : reply;
}

static KeyfobSecretReply text_of(Call *call, SecretItem *item) {
    const Library *library = call->library;
    SecretValue *value = library->secret_item_get_secret(item);
    if (value == NULL) return failure(call);
    unsigned long length = 0;
    const char *text = library->secret_value_get(value, &length);
    // Bytes after a zero would be lost, and the rest is then not what somebody put there.
    bool is_text = text != NULL && strlen(text) == length;
    KeyfobSecretReply reply = outcome(is_text ? KeyfobSecretDone : KeyfobSecretNotText);
    if (is_text) reply.secret = strdup(text);
    library->secret_value_unref(value);
    return reply;
}

static KeyfobSecretReply read_step(Call *call) {
    GList *items;
    KeyfobSecretReply reply = search(call, SECRET_SEARCH_LOAD_SECRETS, &items);
    if (reply.outcome == KeyfobSecretDone) {
        GList *found = items;
        while (call->library->secret_item_get_locked(found->data)) found = found->next;
        reply = text_of(call, found->data);
    }
    free_items(call, items);
    return reply;
}

static KeyfobSecretReply write_step(Call *call) {
    const Library *library = call->library;
    KeyfobSecretReply reply = look_at_collection(call);
    if (reply.outcome != KeyfobSecretDone) return reply;
    SecretValue *value = library->secret_value_new(call->secret, -1, "text/plain");
    bool is_kept = library->secret_service_store_sync(
        call->service, &schema, call->attributes, "default", call->label, value, call->cancellable, &call->error);
    library->secret_value_unref(value);
    return is_kept ? reply : failure(call);
}

static KeyfobSecretReply delete_step(Call *call) {
    GList *items;
    KeyfobSecretReply reply = search(call, 0, &items);
    if (reply.outcome == KeyfobSecretDone) {
        for (GList *each = items; each != NULL && call->error == NULL; each = each->next)
            call->library->secret_item_delete_sync(each->data, call->cancellable, &call->error);
        if (call->error != NULL) reply = failure(call);
    }
    free_items(call, items);
    return reply;
}

// Asks the desktop to ask the person.
static KeyfobSecretReply unlock_step(Call *call) {
    const Library *library = call->library;
    GList *wanted = library->g_list_append(NULL, call->locked);
    GList *unlocked = NULL;
    int count =
        library->secret_service_unlock_sync(call->service, wanted, call->cancellable, &unlocked, &call->error);
    library->g_list_free(wanted);
    free_items(call, unlocked);
    if (call->error != NULL) return failure(call);
    return outcome(count > 0 ? KeyfobSecretDone : KeyfobSecretNotUnlocked);
}

static KeyfobSecretReply connected(Call *call, Step step) {
    if (call->service == NULL)
        call->service = call->library->secret_service_get_sync(0, call->cancellable, &call->error);
    return call->service == NULL ? failure(call) : step(call);
}

static KeyfobSecretReply bounded(Call *call, Step step, unsigned milliseconds) {
    Deadline deadline;
    if (!keyfob_deadline_start(&deadline, call->library, milliseconds)) return outcome(KeyfobSecretFailed);
    call->cancellable = deadline.cancellable;
    KeyfobSecretReply reply = connected(call, step);
    bool is_late = reply.outcome == KeyfobSecretFailed && keyfob_deadline_has_passed(&deadline);
    keyfob_deadline_end(&deadline);
    if (call->error != NULL) call->library->g_error_free(call->error);
    call->error = NULL;
    return is_late ? outcome(KeyfobSecretNoAnswer) : reply;
}

static KeyfobSecretReply unlocking(Call *call, Step step) {
    KeyfobSecretReply reply = bounded(call, step, call->patience.answer);
    if (reply.outcome == KeyfobSecretLocked && call->patience.unlock > 0) {
        reply = bounded(call, unlock_step, call->patience.unlock);
        if (reply.outcome == KeyfobSecretNoAnswer) reply = outcome(KeyfobSecretNotUnlocked);
        if (reply.outcome == KeyfobSecretDone) {
            call->library->g_object_unref(call->locked);
            call->locked = NULL;
            reply = bounded(call, step, call->patience.answer);
        }
    }
    if (call->locked != NULL) call->library->g_object_unref(call->locked);
    return reply;
}

static KeyfobSecretReply perform(Call call, KeyfobSecretName name, Step step) {
    call.library = keyfob_secret_library();
    if (call.library == NULL) return outcome(KeyfobSecretNoLibrary);
    call.attributes = call.library->g_hash_table_new(call.library->g_str_hash, call.library->g_str_equal);
    call.library->g_hash_table_insert(call.attributes, (void *)"application", (void *)name.application);
    call.library->g_hash_table_insert(call.attributes, (void *)"key", (void *)name.key);
    KeyfobSecretReply reply = unlocking(&call, step);
    call.library->g_hash_table_unref(call.attributes);
    if (call.service != NULL) call.library->g_object_unref(call.service);
    return reply;
}

KeyfobSecretReply keyfob_secret_read(KeyfobSecretName name, KeyfobSecretPatience patience) {
    return perform((Call){.patience = patience}, name, read_step);
}

KeyfobSecretReply keyfob_secret_write(
    KeyfobSecretName name, const char *label, const char *secret, KeyfobSecretPatience patience) {
    return perform((Call){.patience = patience, .label = label, .secret = secret}, name, write_step);
}

KeyfobSecretReply keyfob_secret_delete(KeyfobSecretName name, KeyfobSecretPatience patience) {
    return perform((Call){.patience = patience}, name, delete_step);
}

#endif
