import { snakeCase } from '../../core/support/snake-case.ts'
import type { ShownSet } from '../../engine/sets/shown-set.ts'
import { mapInTurns } from '../long-lists.ts'
import { transitionDocument } from './set-document.ts'
import { trackDocument } from './track-document.ts'
import { wishDocument } from './wish-document.ts'

/** A set that is kept, as the API and `--json` show it. */
export const setDocumentOf = async ({ wish, places, transitions, ...set }: ShownSet) => ({
  ...snakeCase(set),
  wish: wishDocument(wish),
  places: await mapInTurns(places, ({ track, sections, ...place }) => ({
    ...snakeCase(place),
    track: track && trackDocument(track),
    sections: sections.map(({ kind, ...span }) => ({ label: kind, ...snakeCase(span) })),
  })),
  transitions: await mapInTurns(
    transitions,
    (transition) => transition && { ...transitionDocument(transition), ways: snakeCase(transition.ways) },
  ),
})
