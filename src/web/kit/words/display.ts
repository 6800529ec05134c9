import { create } from 'zustand'
import type { KeyNotation } from '../../../core/library/key-notation.ts'

type Display = {
  readonly keyNotation: KeyNotation
  /** As of `foldTempo`. */
  readonly bpmRangeFrom: number
}

/** How keys and tempi are written on every screen, as the person set it. */
export const useDisplay = create<Display>(() => ({ keyNotation: 'camelot', bpmRangeFrom: 0 }))
