import { snakeCase } from '../../core/support/snake-case.ts'
import type { ShownSet } from '../../engine/sets/shown-set.ts'
import { transitionDocument } from './set-document.ts'
import { trackDocument } from './track-document.ts'
import { wishDocument } from './wish-document.ts'

/** A set that is kept, as the API and `--json` show it. */
export const setDocumentOf = ({ wish, places, transitions, ...set }: ShownSet) => ({
  ...snakeCase(set),
  wish: wishDocument(wish),
  places: places.map(({ track, sections, ...place }) => ({
    ...snakeCase(place),
    track: track && trackDocument(track),
    sections: sections.map(({ kind, ...span }) => ({ label: kind, ...snakeCase(span) })),
  })),
  transitions: transitions.map(
    (transition) => transition && { ...transitionDocument(transition), ways: snakeCase(transition.ways) },
  ),
})
