import type { ReactElement } from 'react'
import { Navigate, NavLink, Route, Routes } from 'react-router'
import { LibraryScreen } from '../library/library-screen.tsx'
import { useConnection, useServerEvents } from '../queries/use-server-events.ts'
import { SettingsScreen } from '../settings/settings-screen.tsx'
import { TrainingScreen } from '../training/training-screen.tsx'
import styles from './app-shell.module.css'
import { Notices } from './notices.tsx'

const SCREENS = [
  { path: '/library', name: 'Library', Screen: LibraryScreen },
  { path: '/settings', name: 'Settings', Screen: SettingsScreen },
  { path: '/training', name: 'Training', Screen: TrainingScreen },
] as const

/** What is around every screen: name, navigation, and what goes on in the background. */
export const AppShell = (): ReactElement => {
  useServerEvents()
  const { connection } = useConnection()
  return (
    <>
      <header className={styles.header}>
        <span className={styles.name}>
          <span aria-hidden="true">◈</span> Algiers
        </span>
        <nav aria-label="Screens" className={styles.navigation}>
          {SCREENS.map(({ path, name }) => (
            <NavLink key={path} to={path} className={styles.screen ?? ''}>
              {name}
            </NavLink>
          ))}
        </nav>
        <span className={styles.connection} role="status">
          {connection === 'lost' &&
            'The server does not answer. Start it again with npm start: this page will find it.'}
        </span>
      </header>
      <main className={styles.main}>
        <Routes>
          {SCREENS.map(({ path, Screen }) => (
            <Route key={path} path={path} element={<Screen />} />
          ))}
          <Route path="*" element={<Navigate to="/library" replace />} />
        </Routes>
      </main>
      <Notices />
    </>
  )
}
