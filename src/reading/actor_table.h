/* The actors of a scenario as the table of names that reading knows. */
#ifndef OC_READING_ACTOR_TABLE_H
#define OC_READING_ACTOR_TABLE_H

#include "reading/actor.h"
#include "yaml/yaml.h"

/* The records of the mapping `actors` (a scenario's section; NULL and other shapes: none): `name`, a text or one for
 * each language, and `aliases`. What has another shape is left out: the scenario's own check reports it. The names are
 * those of the nodes. */
const oc_actor *oc_actors_of(oc_arena *arena, const oc_node *actors, size_t *ret_count);

#endif
