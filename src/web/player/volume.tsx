import { Volume2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { changeVolume, volume } from './player.ts'
import styles from './volume.module.css'

/** The volume, which the browser keeps. */
export const Volume = (): ReactElement => {
  const [share, setShare] = useState(volume)
  return (
    <label className={styles.volume}>
      <Volume2 size={15} aria-hidden="true" />
      <span className="sr-only">Volume</span>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={share}
        onChange={({ target }) => {
          changeVolume(Number(target.value))
          setShare(volume())
        }}
      />
    </label>
  )
}
