import type { z } from 'zod'
import { ENERGY_ARC_NAMES, ENERGY_ARCS } from '../../core/setlist/energy-arc.ts'
import type { PlanWish } from '../../engine/sets/plan.ts'
import type { setWish } from '../operations/set-wish.ts'
import { parseTrackFilter } from './track-search.ts'

type Asked = z.output<typeof setWish>

export const wishOf = ({ arc, pool, ...asked }: Asked): PlanWish => ({
  minutes: asked.minutes,
  pool: {
    filter: typeof pool === 'string' ? { text: pool, search: parseTrackFilter(pool)! } : null,
    trackIds: asked.pool_track_ids,
  },
  arc: typeof arc === 'string' ? ENERGY_ARCS[arc] : arc,
  seed: asked.seed,
  mustPlay: asked.must_play,
  never: asked.never_play,
  fixed: asked.fixed.map(({ place, track_id }) => ({ place, trackId: track_id })),
  artistGap: asked.artist_gap,
  lowestBpm: asked.min_bpm,
  highestBpm: asked.max_bpm,
  mostRisePercent: asked.max_tempo_rise_percent ?? asked.max_tempo_step_percent,
  mostFallPercent: asked.max_tempo_fall_percent ?? asked.max_tempo_step_percent,
  leastBars: asked.min_bars,
  noTwoVoices: asked.no_two_voices,
})

const arcDocument = (arc: readonly number[]): Asked['arc'] =>
  ENERGY_ARC_NAMES.find((name) => JSON.stringify(ENERGY_ARCS[name]) === JSON.stringify(arc)) ?? [...arc]

/** As it may be sent again. */
export const wishDocument = (wish: PlanWish): Asked => ({
  minutes: wish.minutes,
  pool: wish.pool.filter?.text ?? null,
  pool_track_ids: wish.pool.trackIds && [...wish.pool.trackIds],
  arc: arcDocument(wish.arc),
  seed: wish.seed,
  must_play: [...wish.mustPlay],
  never_play: [...wish.never],
  fixed: wish.fixed.map(({ place, trackId }) => ({ place, track_id: trackId })),
  artist_gap: wish.artistGap,
  min_bpm: wish.lowestBpm,
  max_bpm: wish.highestBpm,
  max_tempo_step_percent: null,
  max_tempo_rise_percent: wish.mostRisePercent,
  max_tempo_fall_percent: wish.mostFallPercent,
  min_bars: wish.leastBars as Asked['min_bars'],
  no_two_voices: wish.noTwoVoices,
})
