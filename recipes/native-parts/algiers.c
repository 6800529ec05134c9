/* What is double-clicked on Windows: starts the program without a console window, and says so if a part of it is missing. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#define LONGEST 32767

static wchar_t folder[LONGEST];
static wchar_t command[LONGEST];
static wchar_t message[LONGEST];

/* The arguments behind the program's own name, as they were written. */
static const wchar_t *arguments(void) {
  const wchar_t *rest = GetCommandLineW();
  int quoted = 0;
  for (; *rest != 0 && (quoted || (*rest != L' ' && *rest != L'\t')); rest++)
    if (*rest == L'"')
      quoted = !quoted;
  return rest;
}

static void append(wchar_t *text, const wchar_t *more) {
  if (lstrlenW(text) + lstrlenW(more) < LONGEST)
    lstrcatW(text, more);
}

static int missing(const wchar_t *file) {
  append(message, L"Algiers could not start, because this file is missing:\n\n");
  append(message, file);
  append(message, L"\n\nUnpack the whole archive, and start Algiers from there.");
  MessageBoxW(NULL, message, L"Algiers", MB_OK | MB_ICONERROR);
  return 1;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE none, PWSTR line, int show) {
  (void)instance, (void)none, (void)line, (void)show;
  DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
  while (length > 0 && folder[length - 1] != L'\\')
    length--;
  folder[length] = 0;

  static wchar_t node[LONGEST], script[LONGEST];
  append(node, folder), append(node, L"runtime\\node.exe");
  append(script, folder), append(script, L"app\\lib\\cli\\main.js");
  if (GetFileAttributesW(node) == INVALID_FILE_ATTRIBUTES)
    return missing(node);
  if (GetFileAttributesW(script) == INVALID_FILE_ATTRIBUTES)
    return missing(script);

  append(command, L"\""), append(command, node), append(command, L"\" \""), append(command, script);
  append(command, L"\" open"), append(command, arguments());

  STARTUPINFOW startup = {.cb = sizeof startup};
  PROCESS_INFORMATION process;
  if (!CreateProcessW(node, command, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &startup, &process))
    return missing(node);
  WaitForSingleObject(process.hProcess, INFINITE);
  DWORD code = 1;
  GetExitCodeProcess(process.hProcess, &code);
  return (int)code;
}
