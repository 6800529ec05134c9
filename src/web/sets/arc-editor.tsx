import { type KeyboardEvent, type PointerEvent, type ReactElement, useRef, useState } from 'react'
import { type ArcSpot, drawnArc, withPoint, withStroke } from '../../core/setlist/draw-arc.ts'
import { percentText } from '../kit/words/percent-text.ts'
import styles from './arc-editor.module.css'

const STEP = 0.05
const LARGE_STEP = 0.2
const RISES: Readonly<Record<string, number>> = {
  ArrowUp: STEP,
  ArrowDown: -STEP,
  PageUp: LARGE_STEP,
  PageDown: -LARGE_STEP,
  Home: -1,
  End: 1,
}

const spotOf = ({ currentTarget, clientX, clientY }: PointerEvent): ArcSpot => {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  return { along: (clientX - left) / width, energy: 1 - (clientY - top) / height }
}

type ArcEditorProps = { readonly arc: readonly number[]; readonly onChange: (arc: readonly number[]) => void }

/** How the energy goes, drawn with the mouse or a finger, or by keys: left and right go along, up and down lift and lower. */
export const ArcEditor = ({ arc, onChange }: ArcEditorProps): ReactElement => {
  const points = drawnArc(arc)
  const [active, setActive] = useState(0)
  const hand = useRef<ArcSpot | null>(null)
  const handles = useRef<(HTMLSpanElement | null)[]>([])
  const last = points.length - 1
  const draw = (event: PointerEvent): void => {
    const now = spotOf(event)
    onChange(withStroke(points, hand.current, now))
    hand.current = now
  }
  const press = (event: KeyboardEvent): void => {
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const rise = RISES[event.key]
    if (along === undefined && rise === undefined) return
    event.preventDefault()
    if (rise !== undefined) onChange(withPoint(points, active, points[active]! + rise))
    else handles.current[Math.max(0, Math.min(last, active + along!))]?.focus()
  }
  return (
    <div
      className={styles.arc}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        hand.current = null
        draw(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && draw(event)}
    >
      <svg viewBox={`0 0 ${last} 1`} preserveAspectRatio="none" aria-hidden="true">
        <polyline
          points={points.map((energy, at) => `${at},${1 - energy}`).join(' ')}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {points.map((energy, at) => (
        <span
          key={at}
          ref={(handle) => {
            handles.current[at] = handle
          }}
          className={styles.handle}
          style={{ left: `${(at / last) * 100}%`, top: `${(1 - energy) * 100}%` }}
          role="slider"
          tabIndex={at === active ? 0 : -1}
          aria-label={`Energy after ${percentText(at / last, 0)} of the set`}
          aria-orientation="vertical"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(energy * 100)}
          aria-valuetext={percentText(energy, 0)}
          onFocus={() => setActive(at)}
          onKeyDown={press}
        />
      ))}
    </div>
  )
}
