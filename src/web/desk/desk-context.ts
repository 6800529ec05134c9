import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { DeskTools } from './desk-edits.ts'
import type { DeskState } from './desk-store.ts'

export const DeskContext = createContext<DeskTools | null>(null)

export const useDeskTools = (): DeskTools => useContext(DeskContext)!
export const useDesk = <Value>(select: (state: DeskState) => Value): Value => useStore(useDeskTools().desk, select)
