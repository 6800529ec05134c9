import type { ReactElement } from 'react'
import styles from './app-shell.module.css'

/** All that is left to show once Algiers has ended. */
export const HasQuit = ({ isErased }: { readonly isErased: boolean }): ReactElement => (
  <main className={styles.ended}>
    <h1>Algiers has quit</h1>
    <p role="status">
      {isErased ? 'The library is deleted; your music files are as they were.' : 'Everything is saved.'} You can close
      this window.
    </p>
    <p className="quiet">
      {isErased
        ? 'Algiers begins with an empty library when it is opened again.'
        : 'Once Algiers is opened again, this page goes on by itself.'}
    </p>
  </main>
)
