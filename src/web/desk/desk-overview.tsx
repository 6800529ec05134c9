import { type PointerEvent, type ReactElement, useCallback, useMemo, useRef } from 'react'
import type { WaveformPeaks } from '../../core/audio/waveform-peaks.ts'
import { seek } from '../player/player.ts'
import { useOwnKinds } from '../queries/use-own-kinds.ts'
import { Canvas, themeColour } from '../waveform/canvas.tsx'
import { paintPeaks, secondsAt, xOf } from '../waveform/paint-peaks.ts'
import { paintLabels } from '../waveform/paint-spans.ts'
import { Playhead } from '../waveform/playhead.tsx'
import { useDesk, useDeskTools } from './desk-context.ts'
import styles from './desk-overview.module.css'
import { gridOf, labelsOf } from './desk-store.ts'
import { pan } from './gestures/pan.ts'

const STRIP_PIXELS = 10

/** The whole track, small: what is labelled, and which part the large waveform shows; dragging moves that part. */
export const DeskOverview = ({ peaks }: { readonly peaks: WaveformPeaks | undefined }): ReactElement => {
  const { desk } = useDeskTools()
  const durationSeconds = useDesk((state) => state.durationSeconds)
  const view = useDesk((state) => state.view)
  const grid = useDesk(gridOf)
  const labels = useDesk((state) => state.preview ?? labelsOf(state))
  const own = useOwnKinds()
  const box = useRef<HTMLDivElement>(null)
  const whole = useMemo(() => ({ from: 0, to: durationSeconds }), [durationSeconds])
  const paint = useCallback(
    (context: CanvasRenderingContext2D, { width, height }: { width: number; height: number }) => {
      const colour = themeColour()
      const frame = { left: 0, top: 0, width, height: height - STRIP_PIXELS - 2, from: 0, to: durationSeconds, colour }
      if (peaks) paintPeaks(context, peaks, frame)
      paintLabels(
        context,
        { grid, labels, selected: null, own },
        { ...frame, top: height - STRIP_PIXELS, height: STRIP_PIXELS },
      )
      const [left, right] = [xOf(frame, view.from), xOf(frame, view.to)]
      context.strokeStyle = colour('--accent')
      context.lineWidth = 2
      if (right - left < width - 1) context.strokeRect(left + 1, 1, right - left - 2, height - 2)
    },
    [peaks, grid, labels, own, view, durationSeconds],
  )
  const panning = useRef<ReturnType<typeof pan.begin>['state']>(null)
  const secondsUnder = (event: PointerEvent): number => {
    const { left, width, height } = box.current!.getBoundingClientRect()
    return secondsAt({ left: 0, top: 0, width, height, ...whole }, event.clientX - left)
  }
  const follow = ({ state, answer: { view: shown, seekSeconds } }: ReturnType<typeof pan.begin>): void => {
    panning.current = state
    if (shown) desk.setState({ view: shown })
    if (seekSeconds !== undefined) seek(seekSeconds)
  }
  return (
    <div
      ref={box}
      className={styles.overview}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(pan.begin(secondsUnder(event), desk.getState()))
      }}
      onPointerMove={(event) =>
        panning.current && follow(pan.move(panning.current, secondsUnder(event), desk.getState()))
      }
      onPointerUp={() => follow(pan.end())}
      onPointerCancel={() => panning.current && follow(pan.cancel(panning.current))}
    >
      <Canvas paint={paint} className={styles.canvas} aria-hidden="true" />
      <Playhead view={whole} />
    </div>
  )
}
