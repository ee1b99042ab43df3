@echo off
rem Runs the idc4j command; builds it first if it is missing.
rem Exits with 3 if the command cannot start, otherwise with the exit code of the command.
setlocal
set "HOME_FOLDER=%~dp0"
set "TARGET=%HOME_FOLDER%cli\target"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

rem Java 17 is the first version with this option.
set "OPTIONS=--enable-native-access=ALL-UNNAMED"
"%JAVA%" %OPTIONS% -version >nul 2>&1
if errorlevel 1 (
  echo idc4j: %JAVA% is missing, or older than Java 17. Install a JDK, version 17 or newer, or set JAVA_HOME to one. 1>&2
  exit /b 3
)

if not exist "%TARGET%\built" (
  where mvn >nul 2>&1
  if errorlevel 1 (
    echo idc4j: no Maven found. Install Maven, version 3.6.3 or newer, to build the command. 1>&2
    exit /b 3
  )
  echo Building idc4j. The first build downloads its libraries and takes a few minutes ... 1>&2
  pushd "%HOME_FOLDER%"
  call mvn -B -ntp -q package -pl cli -am -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip
  if errorlevel 1 (
    popd
    echo idc4j: the build failed. Maven's messages are above. 1>&2
    exit /b 3
  )
  popd
  echo built > "%TARGET%\built"
)

rem Options of the user's own win over these defaults.
set "USER_OPTIONS=%JAVA_TOOL_OPTIONS% %JDK_JAVA_OPTIONS% %IDC4J_JAVA_OPTIONS%"
echo "%USER_OPTIONS%" | findstr /r "XX:+Use[A-Za-z0-9]*GC" >nul || set "OPTIONS=%OPTIONS% -XX:+UseSerialGC"
echo "%USER_OPTIONS%" | findstr "Xmx MaxHeapSize RAMPercentage" >nul || set "OPTIONS=%OPTIONS% -XX:MaxRAMPercentage=50"
if not "%~1"=="serve" set "OPTIONS=%OPTIONS% -XX:TieredStopAtLevel=1"

"%JAVA%" %OPTIONS% %IDC4J_JAVA_OPTIONS% -cp "%TARGET%\lib\*" io.github.idc4j.cli.Main %*
exit /b %ERRORLEVEL%
