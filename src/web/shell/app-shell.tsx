import { Keyboard, Power, Search } from 'lucide-react'
import { lazy, type ReactElement, Suspense } from 'react'
import { Navigate, NavLink, Route, Routes, useLocation } from 'react-router'
import { isScreen } from '../../api/operations/screens.ts'
import { Button } from '../kit/elements/button.tsx'
import { keyText } from '../kit/keys/key-text.ts'
import { Notices } from '../kit/notices.tsx'
import { usePageTitle } from '../kit/use-page-title.ts'
import { DropFolder } from '../library/drop-folder.tsx'
import { FoldersDialog } from '../library/folders-dialog.tsx'
import { TrackFilesDialogs } from '../library/track-files-dialogs.tsx'
import { askToQuit } from '../queries/quit-state.ts'
import { useConnection } from '../queries/server-events.ts'
import { useDisplaySettings } from '../queries/use-display-settings.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import styles from './app-shell.module.css'
import { HasQuit } from './has-quit.tsx'
import { JobTray } from './job-tray.tsx'
import { LibraryBanner } from './library-banner.tsx'
import { NotInCatalogue } from './not-in-catalogue.tsx'
import { NothingHere } from './nothing-here.tsx'
import { openOverlay, useShell } from './overlay.ts'
import { PageFault } from './page-fault.tsx'
import { PlayerBar } from './player-bar.tsx'
import { QuitDialog } from './quit-dialog.tsx'
import { NAVIGATION, SCREENS, useFetchingAhead, useKeepingWayBack, useScreen } from './screens.tsx'
import { SHELL_KEYS } from './shell-keys.ts'
import { useKeptScroll } from './use-kept-scroll.ts'
import { useShellKeys } from './use-shell-keys.ts'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const KeyHelp = lazy(async () => ({ default: (await import('./key-help.tsx')).KeyHelp }))

const ShellButtons = ({ mayQuit }: { readonly mayQuit: boolean }): ReactElement => (
  <>
    <Button look="bare" onClick={() => openOverlay('palette')}>
      <Search size={15} aria-hidden="true" /> Find <kbd>{keyText(SHELL_KEYS.actions.palette.keys[0]!)}</kbd>
    </Button>
    <Button look="bare" aria-label="Keys of this screen" onClick={() => openOverlay('keys')}>
      <Keyboard size={17} aria-hidden="true" />
    </Button>
    {mayQuit && (
      <Button look="bare" aria-label="Quit Algiers" onClick={askToQuit}>
        <Power size={16} aria-hidden="true" />
      </Button>
    )}
  </>
)

/** What is around every screen: name, navigation, what goes on in the background, and what is played. */
export const AppShell = (): ReactElement => {
  useDisplaySettings()
  useShellKeys()
  useFetchingAhead()
  useKeepingWayBack()
  const scroll = useKeptScroll()
  const { connection } = useConnection()
  const { pathname } = useLocation()
  const screen = useScreen()
  usePageTitle(screen?.key && isScreen(pathname) ? screen.name : null)
  const isCatalogue = useIsCatalogue()
  const overlay = useShell((state) => state.overlay)
  if (connection === 'quit' || connection === 'erased') return <HasQuit isErased={connection === 'erased'} />
  return (
    <>
      <header className={styles.header}>
        <span className={styles.name}>
          <span aria-hidden="true">◈</span> Algiers
        </span>
        <nav aria-label="Screens" className={styles.navigation}>
          {NAVIGATION.filter(({ notInCatalogue }) => !isCatalogue || notInCatalogue === undefined).map(
            ({ path, name }) => (
              <NavLink key={path} to={path} className={styles.screen ?? ''}>
                {name}
              </NavLink>
            ),
          )}
        </nav>
        <span className={styles.connection} role="status">
          {connection === 'lost' && 'The server does not answer. Start Algiers again: this page will reconnect.'}
        </span>
        <ShellButtons mayQuit={!isCatalogue} />
        <JobTray />
      </header>
      <LibraryBanner />
      <main className={styles.main} {...scroll}>
        <PageFault key={pathname}>
          <Suspense fallback={<p className={styles.waiting}>Loading…</p>}>
            {isScreen(pathname) ? (
              <Routes>
                {SCREENS.map(({ path, name, Screen, notInCatalogue }) => (
                  <Route
                    key={path}
                    path={path}
                    element={
                      notInCatalogue === undefined || isCatalogue === false ? (
                        <Screen />
                      ) : isCatalogue === null ? (
                        <p className={styles.waiting}>Loading…</p>
                      ) : (
                        <NotInCatalogue name={name} instead={notInCatalogue} />
                      )
                    }
                  />
                ))}
                <Route path="*" element={<Navigate to="/library" replace />} />
              </Routes>
            ) : (
              <NothingHere />
            )}
          </Suspense>
        </PageFault>
      </main>
      <Notices />
      <PlayerBar />
      <FoldersDialog />
      <TrackFilesDialogs />
      <DropFolder />
      <QuitDialog />
      <Suspense fallback={null}>
        {overlay === 'palette' && <Palette />}
        {overlay === 'keys' && <KeyHelp />}
      </Suspense>
    </>
  )
}
