#!/usr/bin/env node
import { keepCompiledCode } from './keep-compiled-code.ts'

keepCompiledCode()
// Node keeps compiled only what is imported from here on.
await import('./run-process.ts')
