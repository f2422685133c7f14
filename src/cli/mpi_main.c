/* Ranks by MPI; see ranks.h. Linked into opcon-mpi only, so that opcon loads no MPI library. */
#include <mpi.h>
#include <stdio.h>
#include <time.h>

#include "cli/ranks.h"

enum { TAG = 1, MOST_BYTES = 1 << 30 };

void oc_ranks_begin(int *argc, char ***argv)
{
    int provided;
    MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &provided);
    /* What every rank would say, rank 0 says. */
    if (oc_rank() != 0 && (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)))
        MPI_Abort(MPI_COMM_WORLD, 3);
}

void oc_ranks_end(void)
{
    MPI_Finalize();
}

int oc_rank(void)
{
    int rank;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return rank;
}

int oc_rank_count(void)
{
    int count;
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    return count;
}

void oc_rank_send(int to, const void *bytes, size_t size)
{
    if (size > MOST_BYTES) MPI_Abort(MPI_COMM_WORLD, 4);
    MPI_Send(bytes, (int)size, MPI_BYTE, to, TAG, MPI_COMM_WORLD);
}

/* MPI_Probe would keep a core busy that another rank, or somebody else, could use; a row takes a hundred times as long.
 */
static void wait_for_message(int from, MPI_Status *ret_status)
{
    const struct timespec pause = {.tv_nsec = 100000};
    for (int found = 0;;) {
        MPI_Iprobe(from, TAG, MPI_COMM_WORLD, &found, ret_status);
        if (found) return;
        nanosleep(&pause, NULL);
    }
}

oc_slice oc_rank_receive(oc_arena *arena, int from)
{
    MPI_Status status;
    int size;
    wait_for_message(from, &status);
    MPI_Get_count(&status, MPI_BYTE, &size);
    char *bytes = oc_arena_alloc(arena, (size_t)size + 1);
    MPI_Recv(bytes, size, MPI_BYTE, from, TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return (oc_slice){bytes, (size_t)size};
}
