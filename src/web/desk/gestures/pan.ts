import type { Stretch } from '../../player/player.ts'
import { keepWithin } from '../view.ts'
import type { Step } from './gesture.ts'

type Scene = { readonly view: Stretch; readonly durationSeconds: number }
type Pan = { readonly before: Stretch }
type Answer = { readonly view?: Stretch; readonly seekSeconds?: number }

const centredAt = (seconds: number, { view: { from, to }, durationSeconds }: Scene): Stretch => {
  const half = (to - from) / 2
  return keepWithin({ from: seconds - half, to: seconds + half }, durationSeconds)
}

/** The part of the track that is shown goes with the pointer over the whole of it; the press moves the playhead there too. */
export const pan = {
  begin: (seconds: number, scene: Scene): Step<Pan, Answer> => ({
    state: { before: scene.view },
    answer: { view: centredAt(seconds, scene), seekSeconds: seconds },
  }),
  move: (state: Pan, seconds: number, scene: Scene): Step<Pan, Answer> => ({
    state,
    answer: { view: centredAt(seconds, scene) },
  }),
  end: (): Step<Pan, Answer> => ({ state: null, answer: {} }),
  cancel: ({ before }: Pan): Step<Pan, Answer> => ({ state: null, answer: { view: before } }),
}
