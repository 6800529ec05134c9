import type { ReactElement } from 'react'
import styles from './app-shell.module.css'

/** All that is left to show once Algiers has ended. */
export const HasQuit = (): ReactElement => (
  <main className={styles.ended}>
    <h1>Algiers has quit</h1>
    <p role="status">Everything is saved. You can close this window.</p>
    <p className="quiet">Once Algiers is opened again, this page goes on by itself.</p>
  </main>
)
