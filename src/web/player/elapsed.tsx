import { type ReactElement, useEffect, useRef } from 'react'
import { timeText } from '../kit/words/time-text.ts'
import styles from './elapsed.module.css'
import { changePlayback, usePlayback } from './playback.ts'
import { position } from './player.ts'

type ElapsedProps = {
  readonly durationSeconds: number
  /** What else is said of a place, in seconds. */
  readonly alsoAt?: (seconds: number) => string
}

/** The position of the sound, or on a press the time that is left, written with the screen's own frames and without React. */
export const Elapsed = ({ durationSeconds, alsoAt = () => '' }: ElapsedProps): ReactElement => {
  const text = useRef<HTMLButtonElement>(null)
  const isRemainingShown = usePlayback((state) => state.isRemainingShown)
  useEffect(() => {
    let frame = 0
    let written = ''
    const draw = (): void => {
      const seconds = position()
      const left = Math.ceil(Math.max(0, durationSeconds - seconds))
      const time = isRemainingShown ? `−${timeText(left)}` : timeText(seconds)
      const now = `${time} / ${timeText(durationSeconds)}${alsoAt(seconds)}`
      if (now !== written) {
        written = now
        text.current!.textContent = now
      }
      frame = requestAnimationFrame(draw)
    }
    draw()
    return () => cancelAnimationFrame(frame)
  }, [durationSeconds, alsoAt, isRemainingShown])
  return (
    <button
      type="button"
      ref={text}
      className={`${styles.elapsed} figures quiet`}
      title={isRemainingShown ? 'Time left: press for the time played' : 'Time played: press for the time left'}
      onClick={() => changePlayback({ isRemainingShown: !isRemainingShown })}
    />
  )
}
