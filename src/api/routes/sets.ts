import { ENERGY_ARCS } from '../../core/setlist/energy-arc.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { setOperations } from '../operations/sets.ts'
import { routesOf } from '../routes-of.ts'
import { setDocument, transitionDocument } from '../views/set-document.ts'
import { besideTrackDocument, trackDocument } from '../views/track-document.ts'
import { parseTrackFilter } from '../views/track-search.ts'

export const setRoutes = routesOf(setOperations)(({ sets }) => ({
  transition: async ({ params, query }) => {
    const { from, to, ...judged } = await sets.transition(params.id, query.to)
    return { ...snakeCase(judged), from: besideTrackDocument(from), to: besideTrackDocument(to) }
  },
  transitions: async ({ params, query }) => (await sets.transitions(params.id, query.to)).map(transitionDocument),
  planSet: async ({ body: { arc, pool, fixed, ...wish } }) => {
    const planned = await sets.plan({
      minutes: wish.minutes,
      filter: pool === undefined ? undefined : parseTrackFilter(pool)!,
      arc: typeof arc === 'string' ? ENERGY_ARCS[arc] : arc,
      seed: wish.seed,
      mustPlay: wish.must_play,
      never: wish.never_play,
      fixed: fixed.map(({ place, track_id }) => ({ place, trackId: track_id })),
      artistGap: wish.artist_gap,
      mostTempoPercent: wish.max_tempo_step_percent,
      noTwoVoices: wish.no_two_voices,
    })
    return { ...setDocument(planned), tracks: planned.tracks.map(trackDocument) }
  },
}))
