import { type ReactElement, useEffect, useRef } from 'react'
import { timeText } from '../kit/words/time-text.ts'
import styles from './elapsed.module.css'
import { position } from './player.ts'

type ElapsedProps = {
  readonly durationSeconds: number
  /** What else is said of a place, in seconds. */
  readonly alsoAt?: (seconds: number) => string
}

/** The position of the sound in minutes and seconds, written with the screen's own frames and without React. */
export const Elapsed = ({ durationSeconds, alsoAt = () => '' }: ElapsedProps): ReactElement => {
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    let frame = 0
    let written = ''
    const draw = (): void => {
      const seconds = position()
      const now = `${timeText(seconds)} / ${timeText(durationSeconds)}${alsoAt(seconds)}`
      if (now !== written) {
        written = now
        text.current!.textContent = now
      }
      frame = requestAnimationFrame(draw)
    }
    draw()
    return () => cancelAnimationFrame(frame)
  }, [durationSeconds, alsoAt])
  return <span ref={text} className={`${styles.elapsed} figures quiet`} />
}
