import { type ReactElement, useEffect, useRef } from 'react'
import { position, type Stretch } from '../player/player.ts'
import styles from './playhead.module.css'

type PlayheadProps = {
  readonly view: Stretch
  /** Told a few times a second while it moves, in seconds. */
  readonly onMoved?: (seconds: number) => void
}

const TELL_EVERY_MS = 200

/** A line where the sound is: moved with the screen's own frames, without React. */
export const Playhead = ({ view, onMoved }: PlayheadProps): ReactElement => {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let frame = 0
    let told = -1
    let toldAt = 0
    const draw = (now: number): void => {
      const seconds = position()
      const share = (seconds - view.from) / (view.to - view.from)
      const element = line.current!
      element.hidden = share < 0 || share > 1
      element.style.left = `${share * 100}%`
      if (seconds !== told && now - toldAt > TELL_EVERY_MS) {
        told = seconds
        toldAt = now
        onMoved?.(seconds)
      }
      frame = requestAnimationFrame(draw)
    }
    frame = requestAnimationFrame(draw)
    return () => cancelAnimationFrame(frame)
  }, [view, onMoved])
  return <div ref={line} className={styles.playhead} />
}
