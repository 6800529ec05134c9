import { z } from 'zod'
import { create } from 'zustand'

/** As far as the tempo fader of most players goes, wide. */
export const MOST_PERCENT = 50
/** One step of the fader. */
export const STEP_PERCENT = 0.1

/** How tracks are played; the browser keeps all of it but the tempo. */
export type Playback = {
  /** Above 0 is faster. */
  readonly tempoPercent: number
  /** The key stays, however fast it plays. */
  readonly isKeyLocked: boolean
  /** At the end of a track the next one of the list begins. */
  readonly isGoingOn: boolean
  /** The time that is left is shown instead of the time that has passed. */
  readonly isRemainingShown: boolean
}

const STORED_AS = 'algiers.playback'
const stored = z.object({
  isKeyLocked: z.boolean().catch(true),
  isGoingOn: z.boolean().catch(true),
  isRemainingShown: z.boolean().catch(false),
})

const readKept = (): z.output<typeof stored> => {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(STORED_AS) ?? '{}'))
  } catch {
    // Cut off, or written by something else.
    return stored.parse({})
  }
}

export const usePlayback = create<Playback>(() => ({ tempoPercent: 0, ...readKept() }))

export const changePlayback = (change: Partial<Playback>): void => {
  usePlayback.setState(change)
  const { isKeyLocked, isGoingOn, isRemainingShown } = usePlayback.getState()
  localStorage.setItem(STORED_AS, JSON.stringify({ isKeyLocked, isGoingOn, isRemainingShown }))
}

/** To a step of the fader, and no further than it goes. */
export const setTempoPercent = (percent: number): void => {
  if (!Number.isFinite(percent)) return
  const steps = Math.round(percent / STEP_PERCENT)
  const tempoPercent = Math.max(-MOST_PERCENT, Math.min(MOST_PERCENT, Number((steps * STEP_PERCENT).toFixed(1))))
  changePlayback({ tempoPercent })
}

/** The tempo that is heard. */
export const heardBpm = (bpm: number, { tempoPercent }: Pick<Playback, 'tempoPercent'>): number =>
  bpm * (1 + tempoPercent / 100)

/** "+2.5 %", "−1.0 %", "±0 %". */
export const tempoPercentText = (percent: number): string =>
  percent === 0 ? '±0 %' : `${percent > 0 ? '+' : '−'}${Math.abs(percent).toFixed(1)} %`
