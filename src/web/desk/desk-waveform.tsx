import { type PointerEvent, type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WaveformPeaks } from '../../core/audio/waveform-peaks.ts'
import { secondsToBeats } from '../../core/beats/beat-grid.ts'
import { barOf } from '../../core/labels/bar-text.ts'
import { timeText } from '../kit/words/time-text.ts'
import { useOwnKinds } from '../queries/use-own-kinds.ts'
import { Canvas, themeColour } from '../waveform/canvas.tsx'
import { paintEvidence } from '../waveform/paint-evidence.ts'
import { paintGrid } from '../waveform/paint-grid.ts'
import { type Frame, paintPeaks, secondsAt } from '../waveform/paint-peaks.ts'
import { paintGhosts, paintLabels } from '../waveform/paint-spans.ts'
import { paintTimes } from '../waveform/paint-times.ts'
import { Playhead } from '../waveform/playhead.tsx'
import { useDesk, useDeskTools } from './desk-context.ts'
import { useDeskPreferences } from './desk-preferences.ts'
import { gridOf, labelsOf } from './desk-store.ts'
import styles from './desk-waveform.module.css'
import type { Point } from './gestures/gesture.ts'
import { paintEnergy } from './paint-energy.ts'
import { useFollowing } from './use-following.ts'
import { useGestures } from './use-gestures.ts'
import { useWhy } from './use-why.ts'
import { scrollBy, zoomBy } from './view.ts'

const TIMES_PIXELS = 16
const BARS_PIXELS = 20
const RULER_PIXELS = TIMES_PIXELS + BARS_PIXELS
const ENERGY_PIXELS = 34
const LABELS_PIXELS = 26
const GHOSTS_PIXELS = 22
const EVIDENCE_PIXELS = 44
const ZOOM_PER_WHEEL_PIXEL = 1.003

type WaveformProps = { readonly peaks: WaveformPeaks | undefined; readonly energyCurve: readonly number[] }

/** The part of the track that is worked on: sound, bars, labels below it, and what the model proposes below these. */
export const DeskWaveform = ({ peaks, energyCurve }: WaveformProps): ReactElement => {
  const tools = useDeskTools()
  const { desk } = tools
  const view = useDesk((state) => state.view)
  const grid = useDesk((state) => state.previewGrid ?? gridOf(state))
  const { isEnergyShown } = useDeskPreferences()
  const labels = useDesk((state) => state.preview ?? labelsOf(state))
  const selectedBeat = useDesk((state) => state.selectedBeat)
  const ghosts = useDesk((state) => state.ghosts)
  const selectedGhost = useDesk((state) => state.selectedGhost)
  const tap = useDesk((state) => state.tap)
  const { span: asked, data: evidence } = useWhy()
  const box = useRef<HTMLDivElement>(null)
  const [heard, setHeard] = useState(0)
  const moved = useFollowing(desk, setHeard)
  const beat = secondsToBeats(grid, heard)
  const tappedTo = tap === null ? null : beat
  /** With the section that is being tapped, as far as it has come. */
  const shown = useMemo(
    () =>
      tap === null || tappedTo === null || tappedTo <= tap.startBeat
        ? labels
        : [...labels, { ...tap, endBeat: tappedTo, source: 'user' as const }],
    [labels, tap, tappedTo],
  )

  const own = useOwnKinds()
  const paint = useCallback(
    (context: CanvasRenderingContext2D, { width, height }: { width: number; height: number }) => {
      const colour = themeColour()
      const lanes = LABELS_PIXELS + GHOSTS_PIXELS
      const energy = isEnergyShown && energyCurve.length > 0 ? ENERGY_PIXELS : 0
      const soundHeight = height - RULER_PIXELS - lanes - energy - 4
      const frame: Frame = { left: 0, width, ...view, top: RULER_PIXELS, height: soundHeight }
      if (peaks) paintPeaks(context, peaks, { ...frame, colour })
      paintTimes(context, { ...frame, top: 0, height: TIMES_PIXELS, colour })
      const gridHeight = frame.height + energy + LABELS_PIXELS
      paintGrid(context, grid, { ...frame, height: gridHeight, colour, rulerHeight: BARS_PIXELS })
      if (energy > 0) {
        const lane = { ...frame, top: RULER_PIXELS + soundHeight, height: energy, colour }
        paintEnergy(context, { curve: energyCurve, grid }, lane)
      }
      const labelLane = { ...frame, top: height - lanes - 2, height: LABELS_PIXELS, colour }
      if (asked && evidence) {
        const evidenceLane = { ...frame, top: labelLane.top - EVIDENCE_PIXELS, height: EVIDENCE_PIXELS, colour }
        paintEvidence(context, { grid, span: asked, evidence }, evidenceLane)
      }
      const selected = labels.find(({ startBeat }) => startBeat === selectedBeat) ?? null
      paintLabels(context, { grid, labels: shown, selected, own }, labelLane)
      const ghostLane = { ...frame, top: height - GHOSTS_PIXELS, height: GHOSTS_PIXELS, colour }
      paintGhosts(context, { grid, ghosts, selectedId: selectedGhost, own }, ghostLane)
    },
    [
      peaks,
      energyCurve,
      isEnergyShown,
      view,
      grid,
      labels,
      own,
      shown,
      selectedBeat,
      ghosts,
      selectedGhost,
      asked,
      evidence,
    ],
  )

  const frameOf = (): Frame => {
    const { width, height } = box.current!.getBoundingClientRect()
    return { left: 0, top: 0, width, height, ...desk.getState().view }
  }
  const secondsUnder = (event: { readonly clientX: number }): number =>
    secondsAt(frameOf(), event.clientX - box.current!.getBoundingClientRect().left)
  const laneOf = ({ clientY }: PointerEvent): Point['lane'] => {
    const { top, bottom } = box.current!.getBoundingClientRect()
    const [down, up] = [clientY - top, bottom - clientY]
    if (down >= TIMES_PIXELS && down < RULER_PIXELS) return 'bars'
    if (up < GHOSTS_PIXELS) return 'suggestions'
    return up < GHOSTS_PIXELS + LABELS_PIXELS + 4 ? 'labels' : 'sound'
  }
  const gestures = useGestures(tools, {
    pointOf: (event) => ({
      x: event.clientX,
      beat: secondsToBeats(gridOf(desk.getState()), secondsUnder(event)),
      seconds: secondsUnder(event),
      lane: laneOf(event),
      isFine: event.altKey,
    }),
    pixelsPerBeat: () => {
      const { width, from, to } = frameOf()
      return width / (secondsToBeats(grid, to) - secondsToBeats(grid, from))
    },
  })

  // React listens to the wheel passively, and a page that scrolls while one zooms is no use.
  useEffect(() => {
    const element = box.current!
    const turn = (event: WheelEvent): void => {
      event.preventDefault()
      const { left, width } = element.getBoundingClientRect()
      const { from, to } = desk.getState().view
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      if (isSideways) scrollBy(desk, ((event.deltaX || event.deltaY) / width) * (to - from))
      else zoomBy(desk, ZOOM_PER_WHEEL_PIXEL ** -event.deltaY, from + ((event.clientX - left) / width) * (to - from))
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => element.removeEventListener('wheel', turn)
  }, [desk])

  const here = labels.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat)
  const bars = Math.ceil(grid.beatCount / grid.beatsPerBar)
  const words = `bar ${barOf(grid, Math.floor(beat + 0.001))} of ${bars}, ${timeText(heard)}${here ? `, ${here.kind}` : ''}`
  return (
    <div
      ref={box}
      className={styles.waveform}
      role="slider"
      tabIndex={0}
      aria-label="Waveform"
      aria-valuemin={0}
      aria-valuemax={Math.round(desk.getState().durationSeconds)}
      aria-valuenow={Math.round(heard)}
      aria-valuetext={words}
      data-desk-focus
      {...gestures}
    >
      <Canvas paint={paint} className={styles.canvas} aria-hidden="true" />
      {labels.length === 0 && tap === null && (
        <p className={styles.hint} aria-hidden="true">
          Drag over the waveform to paint a section, or press 1–7 where one begins
        </p>
      )}
      <Playhead view={view} onMoved={moved} />
    </div>
  )
}
