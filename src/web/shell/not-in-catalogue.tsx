import type { ReactElement } from 'react'
import { Link } from 'react-router'
import styles from './app-shell.module.css'

/** A screen that a catalogue does not offer says so, instead of asking for what would be refused. */
export const NotInCatalogue = ({
  name,
  instead,
}: {
  readonly name: string
  readonly instead: string
}): ReactElement => (
  <div className={styles.fault}>
    <h1>A shared catalogue has no {name}</h1>
    <p className="quiet">{instead}</p>
    <Link to="/library">Open the library</Link>
  </div>
)
