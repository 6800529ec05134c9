import type { ReactElement } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useWayBack } from '../kit/way-back.ts'
import { Desk } from './desk.tsx'
import styles from './desk-screen.module.css'

/** The beat that the address names, e.g. of a label in a list. */
const beatIn = (search: URLSearchParams): number | null => {
  const beat = Number(search.get('beat') ?? Number.NaN)
  return Number.isFinite(beat) ? beat : null
}

/** The desk of the track in the address. */
export const DeskScreen = (): ReactElement => {
  const { track } = useParams()
  const [search] = useSearchParams()
  const beat = beatIn(search)
  const { path, name } = useWayBack()
  return (
    <div className={styles.screen}>
      <h1 className="sr-only">Desk</h1>
      <p className={styles.way}>
        <Link to={path}>‹ {name}</Link>
      </p>
      <Desk key={`${track}:${beat}`} trackId={Number(track)} beat={beat} />
    </div>
  )
}
