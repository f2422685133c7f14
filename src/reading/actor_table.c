/* See actor_table.h. */
#include "reading/actor_table.h"

static void add_name(oc_actor *actor, size_t room, const oc_node *text, oc_lang lang)
{
    if (!text || text->kind != OC_NODE_SCALAR || !text->text.len || actor->name_count >= room) return;
    ((oc_actor_name *)actor->names)[actor->name_count++] = (oc_actor_name){text->text, lang, false};
}

static oc_actor actor_of(oc_arena *arena, const oc_node *id, const oc_node *record)
{
    const oc_node *name = oc_node_get(record, "name"), *aliases = oc_node_get(record, "aliases");
    const oc_node *kind = oc_node_get(record, "kind"), *of = oc_node_get(record, "of");
    size_t alias_count = aliases && aliases->kind == OC_NODE_LIST ? aliases->items.len : 0;
    size_t room = 1 + OC_LANG_COUNT + alias_count;
    oc_actor actor = {.id = id->text, .kind = kind ? kind->text : (oc_slice){"", 0},
                      .of = of ? of->text : (oc_slice){"", 0}, .names = OC_NEW_ARRAY(arena, room, oc_actor_name)};
    add_name(&actor, room, name, OC_LANG_COUNT);
    for (int lang = 0; name && name->kind == OC_NODE_MAPPING && lang < OC_LANG_COUNT; lang++)
        add_name(&actor, room, oc_node_get(name, oc_lang_code((oc_lang)lang)), (oc_lang)lang);
    for (size_t i = 0; i < alias_count; i++) add_name(&actor, room, aliases->items.at[i], OC_LANG_COUNT);
    return actor;
}

const oc_actor *oc_actors_of(oc_arena *arena, const oc_node *actors, size_t *ret_count)
{
    OC_VEC(oc_actor) list = {0};
    for (size_t i = 0; actors && actors->kind == OC_NODE_MAPPING && i < actors->pairs.len; i++) {
        const oc_pair *pair = &actors->pairs.at[i];
        if (pair->value->kind == OC_NODE_MAPPING) *oc_vec_push(arena, &list) = actor_of(arena, pair->key, pair->value);
    }
    *ret_count = list.len;
    return list.at;
}
