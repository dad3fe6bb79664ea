#include "deadline.h"

#ifdef __linux__

#include <errno.h>
#include <signal.h>

static void *watch(void *argument) {
    Deadline *deadline = argument;
    int result = 0;
    pthread_mutex_lock(&deadline->mutex);
    while (!deadline->is_over && result != ETIMEDOUT)
        result = pthread_cond_timedwait(&deadline->condition, &deadline->mutex, &deadline->end);
    bool is_late = !deadline->is_over;
    pthread_mutex_unlock(&deadline->mutex);
    if (is_late) deadline->library->g_cancellable_cancel(deadline->cancellable);
    return NULL;
}

static void set_end(Deadline *deadline, unsigned milliseconds) {
    clock_gettime(CLOCK_MONOTONIC, &deadline->end);
    deadline->end.tv_sec += milliseconds / 1000;
    deadline->end.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (deadline->end.tv_nsec >= 1000000000) {
        deadline->end.tv_sec += 1;
        deadline->end.tv_nsec -= 1000000000;
    }
}

// Signals are the program's business: none may end up on this thread.
static int start_watcher(Deadline *deadline) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&deadline->watcher, NULL, watch, deadline);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return result;
}

bool keyfob_deadline_start(Deadline *deadline, const Library *library, unsigned milliseconds) {
    *deadline = (Deadline){.library = library, .cancellable = library->g_cancellable_new()};
    set_end(deadline, milliseconds);
    // The wall clock may be set while we wait.
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&deadline->condition, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&deadline->mutex, NULL);
    deadline->is_watched = start_watcher(deadline) == 0;
    if (!deadline->is_watched) keyfob_deadline_end(deadline);
    return deadline->is_watched;
}

bool keyfob_deadline_has_passed(const Deadline *deadline) {
    return deadline->library->g_cancellable_is_cancelled(deadline->cancellable) != 0;
}

void keyfob_deadline_end(Deadline *deadline) {
    if (deadline->is_watched) {
        pthread_mutex_lock(&deadline->mutex);
        deadline->is_over = true;
        pthread_cond_signal(&deadline->condition);
        pthread_mutex_unlock(&deadline->mutex);
        pthread_join(deadline->watcher, NULL);
    }
    pthread_cond_destroy(&deadline->condition);
    pthread_mutex_destroy(&deadline->mutex);
    deadline->library->g_object_unref(deadline->cancellable);
}

#endif
