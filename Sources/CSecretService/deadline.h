// A time limit for calls of gio, which have none of their own.
#ifndef KEYFOB_SECRET_DEADLINE_H
#define KEYFOB_SECRET_DEADLINE_H

#ifdef __linux__

#include "library.h"

#include <pthread.h>
#include <time.h>

// Calls that get the cancellable end when the time is over. Stays where it was started until it is ended.
typedef struct {
    const Library *library;
    GCancellable *cancellable;
    struct timespec end;
    pthread_t watcher;
    bool is_watched;
    bool is_over;
    pthread_mutex_t mutex;
    pthread_cond_t condition;
} Deadline;

// Starts the clock; false if there is no thread to watch it, and then nothing has to be ended.
bool keyfob_deadline_start(Deadline *deadline, const Library *library, unsigned milliseconds);

// Whether the time was over before the calls were.
bool keyfob_deadline_has_passed(const Deadline *deadline);

// Ends the watch and frees what it has.
void keyfob_deadline_end(Deadline *deadline);

#endif
#endif
