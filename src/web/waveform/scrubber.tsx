import { type KeyboardEvent, type PointerEvent, type ReactElement, useCallback, useMemo, useRef, useState } from 'react'
import { timeText } from '../kit/words/time-text.ts'
import { seek } from '../player/player.ts'
import { usePeaks } from '../queries/use-track.ts'
import { Canvas, themeColour } from './canvas.tsx'
import { paintPeaks } from './paint-peaks.ts'
import { Playhead } from './playhead.tsx'
import styles from './scrubber.module.css'

/** What a key moves by, in seconds. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -5,
  ArrowDown: -5,
  ArrowRight: 5,
  ArrowUp: 5,
  PageDown: -30,
  PageUp: 30,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

type ScrubberProps = { readonly trackId: number; readonly title: string; readonly durationSeconds: number }

/** The whole track as a waveform: a click or a drag goes there. */
export const Scrubber = ({ trackId, title, durationSeconds }: ScrubberProps): ReactElement => {
  const { data: peaks } = usePeaks(trackId)
  const box = useRef<HTMLDivElement>(null)
  const [told, setTold] = useState(0)
  const whole = useMemo(() => ({ from: 0, to: Math.max(durationSeconds, 1) }), [durationSeconds])
  const paint = useCallback(
    (context: CanvasRenderingContext2D, { width, height }: { width: number; height: number }) => {
      const colour = themeColour()
      if (peaks) paintPeaks(context, peaks, { left: 0, top: 0, width, height, ...whole, colour })
      else {
        context.fillStyle = colour('--line')
        context.fillRect(0, height / 2, width, 1)
      }
    },
    [peaks, whole],
  )
  const go = (event: PointerEvent): void => {
    const { left, width } = box.current!.getBoundingClientRect()
    seek(Math.max(0, Math.min(1, (event.clientX - left) / width)) * whole.to)
  }
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    seek(Math.max(0, Math.min(durationSeconds, told + step)))
  }
  return (
    <div
      ref={box}
      className={styles.scrubber}
      role="slider"
      tabIndex={0}
      aria-label={`Position in ${title}`}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationSeconds)}
      aria-valuenow={Math.round(told)}
      aria-valuetext={`${timeText(told)} of ${timeText(durationSeconds)}`}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={(event) => event.buttons === 1 && go(event)}
    >
      <Canvas paint={paint} aria-hidden="true" />
      <Playhead view={whole} onMoved={setTold} />
    </div>
  )
}
