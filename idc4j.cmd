@echo off
rem Runs the idc4j command; builds it first where it is missing.
setlocal
set "HOME_FOLDER=%~dp0"
set "LIB=%HOME_FOLDER%cli\target\lib"
set "STAMP=%HOME_FOLDER%cli\target\built"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

if not exist "%STAMP%" (
  echo Building idc4j; the first time this fetches its libraries and takes some minutes ... 1>&2
  pushd "%HOME_FOLDER%"
  call mvn -B -ntp -q package -pl cli -am -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip
  if errorlevel 1 (
    popd
    echo idc4j: the build failed; what Maven said stands above. 1>&2
    exit /b 3
  )
  popd
  echo built > "%STAMP%"
)

set "OPTIONS=--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC"
if not "%~1"=="serve" set "OPTIONS=%OPTIONS% -XX:TieredStopAtLevel=1"
if "%~1"=="check" set "OPTIONS=%OPTIONS% -Xms1g -Xmn700m"

"%JAVA%" %OPTIONS% -cp "%LIB%\*" io.github.idc4j.cli.Main %*
exit /b %ERRORLEVEL%
