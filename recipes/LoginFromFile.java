import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.CredentialsException;

/**
 * Uses the credentials file of IDC's login script. The client renews ID tokens that expire soon.
 */
class LoginFromFile {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder().baseUrl(args[0]).credentials(Credentials.file()).build()) {
      System.out.println(client.account().email());
    } catch (CredentialsException e) {
      System.out.println(e.getMessage());
    }
  }
}
