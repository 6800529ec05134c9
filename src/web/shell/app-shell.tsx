import { Keyboard, Search } from 'lucide-react'
import { lazy, type ReactElement, Suspense } from 'react'
import { Navigate, NavLink, Route, Routes, useLocation } from 'react-router'
import { Button } from '../elements/button.tsx'
import { DropFolder } from '../library/drop-folder.tsx'
import { FoldersDialog } from '../library/folders-dialog.tsx'
import { LibraryScreen } from '../library/library-screen.tsx'
import { PlayerBar } from '../player/player-bar.tsx'
import { useConnection, useServerEvents } from '../queries/use-server-events.ts'
import styles from './app-shell.module.css'
import { JobTray } from './job-tray.tsx'
import { keyText } from './key-text.ts'
import { Notices } from './notices.tsx'
import { PageFault } from './page-fault.tsx'
import { SCREENS, type ScreenPath } from './screens.ts'
import { openOverlay, useShell } from './shell-state.ts'
import { useShellKeys } from './use-shell-keys.ts'

/** Everything but the first screen comes when it is asked for. */
const SettingsScreen = lazy(async () => ({ default: (await import('../settings/settings-screen.tsx')).SettingsScreen }))
const TrainingScreen = lazy(async () => ({ default: (await import('../training/training-screen.tsx')).TrainingScreen }))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const KeyHelp = lazy(async () => ({ default: (await import('./key-help.tsx')).KeyHelp }))

const ELEMENTS: Readonly<Record<ScreenPath, ReactElement>> = {
  '/library': <LibraryScreen />,
  '/settings': <SettingsScreen />,
  '/training': <TrainingScreen />,
}

const ShellButtons = (): ReactElement => (
  <>
    <Button look="bare" onClick={() => openOverlay('palette')}>
      <Search size={15} aria-hidden="true" /> Find <kbd>{keyText('Mod+K')}</kbd>
    </Button>
    <Button look="bare" aria-label="Keys of this screen" onClick={() => openOverlay('keys')}>
      <Keyboard size={17} aria-hidden="true" />
    </Button>
  </>
)

/** What is around every screen: name, navigation, what goes on in the background, and what is played. */
export const AppShell = (): ReactElement => {
  useServerEvents()
  useShellKeys()
  const { connection } = useConnection()
  const { pathname } = useLocation()
  const overlay = useShell((state) => state.overlay)
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
        <ShellButtons />
        <JobTray />
      </header>
      <main className={styles.main}>
        <PageFault key={pathname}>
          <Suspense fallback={<p className={styles.waiting}>Loading…</p>}>
            <Routes>
              {SCREENS.map(({ path }) => (
                <Route key={path} path={path} element={ELEMENTS[path]} />
              ))}
              <Route path="*" element={<Navigate to="/library" replace />} />
            </Routes>
          </Suspense>
        </PageFault>
      </main>
      <PlayerBar />
      <Notices />
      <FoldersDialog />
      <DropFolder />
      <Suspense fallback={null}>
        {overlay === 'palette' && <Palette />}
        {overlay === 'keys' && <KeyHelp />}
      </Suspense>
    </>
  )
}
