import { snakeCase } from '../../core/support/snake-case.ts'
import type { SetPlan } from '../../engine/sets/plan.ts'
import type { TrackTransition } from '../../engine/sets/transition.ts'

export const transitionDocument = ({
  fromId,
  toId,
  style,
  bars,
  score,
  fromBars,
  toBars,
  ...told
}: TrackTransition) => ({
  from: fromId,
  to: toId,
  style,
  score,
  bars,
  from_bars: fromBars,
  to_bars: toBars,
  bass_swap_bar: told.bassSwapBar,
  voice_ends_bar: told.voiceEndsBar,
  parts: snakeCase(told.parts),
  sentence: told.sentence,
  move: told.move && snakeCase(told.move),
  kept: told.isKept,
})

/** The plan of a set as scripts get it. */
export const setDocument = ({ tracks, transitions, refusals, ...facts }: SetPlan) => ({
  tracks: tracks.map(({ id, title, artist }) => ({ id, title, artist })),
  transitions: transitions.map(transitionDocument),
  ...snakeCase(facts),
  refusals: snakeCase(refusals),
})
