import type { ReactElement } from 'react'
import { Link, useLocation } from 'react-router'
import { usePageTitle } from '../kit/use-page-title.ts'
import styles from './app-shell.module.css'

/** An address that is of no screen says so, and leads on. */
export const NothingHere = (): ReactElement => {
  const { pathname } = useLocation()
  usePageTitle('Nothing here')
  return (
    <div className={styles.fault} role="alert">
      <h1>There is nothing at {pathname}</h1>
      <p className="quiet">The address may be mistyped, or come from an older version of Algiers.</p>
      <Link to="/library">Open the library</Link>
    </div>
  )
}
