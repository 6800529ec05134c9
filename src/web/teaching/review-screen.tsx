import type { ReactElement } from 'react'
import { LabelDoctor } from './label-doctor.tsx'
import styles from './review-screen.module.css'
import { SureSuggestions } from './sure-suggestions.tsx'

/** What makes labels worth learning from. */
export const ReviewScreen = (): ReactElement => (
  <div className={styles.screen}>
    <h1 className="sr-only">Review</h1>
    <LabelDoctor />
    <SureSuggestions />
  </div>
)
