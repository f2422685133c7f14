/* What a subject is called, and which records rest on a source. */
#include "authority/ledger.h"

typedef struct named {
    oc_slice id;
    oc_words name;
} named;

static named of_term(const oc_term *term)
{
    return (named){term->id, term->name};
}

static named look_up(const oc_ledger *ledger, oc_subject subject)
{
    switch (subject.kind) {
    case OC_SUBJECT_STAGE: {
        const oc_ledger_stage *stage = &ledger->stages.at[subject.index];
        return (named){stage->name, stage->title};
    }
    case OC_SUBJECT_MATTER: return of_term(&ledger->matters.at[subject.index]);
    case OC_SUBJECT_TOPIC: return of_term(&ledger->topics.at[subject.index]);
    case OC_SUBJECT_FORCES: return of_term(&ledger->forces.at[subject.index]);
    case OC_SUBJECT_PLACE: return of_term(&ledger->places.at[subject.index]);
    case OC_SUBJECT_STATE: return of_term(&ledger->states.at[subject.index]);
    case OC_SUBJECT_INSTRUMENT: {
        const oc_instrument *instrument = &ledger->instruments.at[subject.index];
        return (named){instrument->id, instrument->name};
    }
    case OC_SUBJECT_ACTOR: return (named){ledger->actors.at[subject.index].id, ledger->actors.at[subject.index].name};
    default: return (named){OC_SLICE(""), {{OC_SLICE(""), OC_SLICE(""), OC_SLICE("")}}};
    }
}

oc_slice oc_ledger_subject_id(const oc_ledger *ledger, oc_subject subject)
{
    return look_up(ledger, subject).id;
}

oc_words oc_ledger_subject_name(const oc_ledger *ledger, oc_subject subject)
{
    named found = look_up(ledger, subject);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        if (!found.name.in[lang].len) found.name.in[lang] = found.id;
    return found.name;
}

const oc_uses *oc_ledger_uses(const oc_ledger *ledger, oc_slice source)
{
    const oc_map_entry *entry = oc_map_find(&ledger->uses, source);
    return entry ? entry->value.pointer : NULL;
}
