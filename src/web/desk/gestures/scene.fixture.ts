import { constantGrid } from '../../../core/beats/constant-grid.fixture.ts'
import type { Label } from '../../../core/labels/label.ts'
import type { Point, Scene } from './gesture.ts'

export const labelOf = (kind: Label['kind'], startBeat: number, endBeat: number): Label => ({
  kind,
  startBeat,
  endBeat,
  source: 'user',
})

/** A track of 128 beats at 120 BPM, ten pixels a beat: an intro up to beat 32, and a drop from 64 to 96. */
export const makeScene = (change: Partial<Scene> = {}): Scene => ({
  grid: constantGrid(120, 128),
  durationSeconds: 64,
  snap: 'bar',
  pixelsPerBeat: 10,
  labels: [labelOf('intro', 0, 32), labelOf('drop', 64, 96)],
  ghosts: [],
  kind: 'break',
  ...change,
})

/** A pointer over a beat. */
export const pointAt = (beat: number, change: Partial<Point> = {}): Point => ({
  x: beat * 10,
  beat,
  seconds: beat / 2,
  lane: 'sound',
  isFine: false,
  ...change,
})
