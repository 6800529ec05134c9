import { type ReactElement, useState } from 'react'
import { holdFocus } from '../kit/hold-focus.ts'
import { AskAgain } from './ask-again.tsx'
import { FeltProgress } from './felt-progress.tsx'
import { LabelDoctor } from './label-doctor.tsx'
import styles from './review-screen.module.css'
import { SureSuggestions } from './sure-suggestions.tsx'

/** What makes labels worth learning from. */
export const ReviewScreen = (): ReactElement => {
  // Findings and strips name labels: beside a question they would answer it.
  const [isAsking, setAsking] = useState(false)
  return (
    <div ref={holdFocus} className={styles.screen}>
      <h1 className="sr-only">Review</h1>
      {!isAsking && <FeltProgress />}
      {!isAsking && <LabelDoctor />}
      <div hidden={isAsking}>
        <SureSuggestions />
      </div>
      <AskAgain isAsking={isAsking} onAsk={setAsking} />
    </div>
  )
}
