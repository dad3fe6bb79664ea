#include "library.h"

#ifdef __linux__

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

static Library library;
static bool is_there;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_library(void) {
    // Never closed: gio keeps a thread of its own.
    void *handle = dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
    // The handle also finds the symbols of what libsecret itself is linked with: glib and gio.
    bool is_complete = true;
#define KEYFOB_FIND(Result, name, parameters)               \
    *(void **)&library.name = dlsym(handle, #name);         \
    is_complete = is_complete && library.name != NULL;
    KEYFOB_SECRET_FUNCTIONS(KEYFOB_FIND)
#undef KEYFOB_FIND
    is_there = is_complete;
}

const Library *keyfob_secret_library(void) {
    pthread_once(&once, open_library);
    return is_there ? &library : NULL;
}

#endif
