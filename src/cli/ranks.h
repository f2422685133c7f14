/* Ranks of a parallel job. opcon is always rank 0 of 1 (ranks_one.c); opcon-mpi has as many as mpirun starts
 * (mpi_main.c). Only rank 0 prints and writes. A rank that cannot go on ends the whole job. */
#ifndef OC_CLI_RANKS_H
#define OC_CLI_RANKS_H

#include "run/run.h"

void oc_ranks_begin(int *argc, char ***argv);
void oc_ranks_end(void);
int oc_rank(void);
int oc_rank_count(void);

/* Messages arrive in the order in which they were sent. Sending may wait until the receiver asks. */
void oc_rank_send(int to, const void *bytes, size_t size);
oc_slice oc_rank_receive(oc_arena *arena, int from);

/* oc_run with the chunks split over the ranks: rank r of R runs those from ceil(n r / R) on, and rank 0 appends
 * the results in order, so that they are those of one process to the bit. On the other ranks `ret` is of no use. */
oc_status oc_run_ranks(const oc_program *program, const oc_run_options *options, oc_arena *arena, oc_result *ret);

#endif
