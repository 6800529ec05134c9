import { type ReactElement, useEffect, useRef } from 'react'
import { timeText } from '../elements/time-text.ts'
import { position } from './player.ts'
import styles from './player-bar.module.css'

/** Where the sound is, in minutes and seconds: written with the screen's own frames, without React. */
export const Elapsed = ({ durationSeconds }: { readonly durationSeconds: number }): ReactElement => {
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    let frame = 0
    let written = ''
    const draw = (): void => {
      const now = `${timeText(Math.floor(position()))} / ${timeText(durationSeconds)}`
      if (now !== written) {
        written = now
        text.current!.textContent = now
      }
      frame = requestAnimationFrame(draw)
    }
    draw()
    return () => cancelAnimationFrame(frame)
  }, [durationSeconds])
  return <span ref={text} className={`${styles.elapsed} figures quiet`} />
}
