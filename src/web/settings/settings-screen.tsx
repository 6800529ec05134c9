import type { ReactElement } from 'react'
import { AppearancePanel } from './appearance-panel.tsx'
import { BackupsPanel } from './backups-panel.tsx'
import { FoldersPanel } from './folders-panel.tsx'
import { HearingPanel } from './hearing-panel.tsx'
import { KeysPanel } from './keys-panel.tsx'
import { LearningPanel } from './learning-panel.tsx'
import { MachinePanel } from './machine-panel.tsx'
import { NotationPanel } from './notation-panel.tsx'
import styles from './settings-screen.module.css'
import { StartPanel } from './start-panel.tsx'
import { StoragePanel } from './storage-panel.tsx'

/** Everything that can be set: each change is saved at once. */
export const SettingsScreen = (): ReactElement => (
  <div className={styles.screen}>
    <h1 className="sr-only">Settings</h1>
    <div className={styles.column}>
      <LearningPanel />
      <HearingPanel />
      <StoragePanel />
    </div>
    <div className={styles.column}>
      <FoldersPanel />
      <BackupsPanel />
      <KeysPanel />
    </div>
    <div className={styles.column}>
      <AppearancePanel />
      <NotationPanel />
      <StartPanel />
      <MachinePanel />
    </div>
  </div>
)
